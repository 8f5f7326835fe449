/* The editor's table. Its dialog asks what the table shows and begins with a row of headings: a table without them tells
a screen reader nothing. The caption is one line of words, kept in the table's <caption>. */
import {
  Table as PlainTable,
  TableHeader as PlainTableHeader,
  updateAttrsDialog,
} from "django-prose-editor/editor"

const number = (title) => ({
  type: "number",
  title,
  format: "number",
  default: "3",
  min: "1",
  max: "100",
})
const caption = { type: "string", title: "Caption: what the table shows" }
const submitText = "Put it in"
const ask = updateAttrsDialog(
  {
    caption,
    rows: number("Rows"),
    cols: number("Columns"),
    withHeaderRow: {
      title: "The first row heads the columns",
      enum: ["Yes", "No"],
      default: "Yes",
    },
  },
  { title: "Table", submitText },
)
const askCaption = updateAttrsDialog({ caption }, { title: "Caption of the table", submitText })

export const Table = PlainTable.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      caption: {
        default: "",
        parseHTML: (table) =>
          table.querySelector(":scope > caption")?.textContent.replace(/\s+/g, " ").trim() || "",
        renderHTML: () => ({}),
      },
    }
  },
  parseHTML: () => [{ tag: "table" }, { tag: "caption", ignore: true }],
  renderHTML(props) {
    const table = this.parent(props)
    const words = props.node.attrs.caption
    return words ? [...table.slice(0, 2), ["caption", words], ...table.slice(2)] : table
  },
  addNodeView() {
    const made = this.parent() // what the editor shows; renderHTML above is what it saves
    return (props) => {
      const view = made(props)
      const line = document.createElement("caption")
      line.contentEditable = "false"
      const show = ({ attrs }) => {
        line.textContent = attrs.caption
        if (attrs.caption) view.table.prepend(line)
        else line.remove()
      }
      const update = view.update.bind(view)
      view.update = (node) => {
        const isUpdated = update(node)
        if (isUpdated) show(node)
        return isUpdated
      }
      show(props.node)
      return view
    }
  },
  addMenuItems(props) {
    this.parent?.(props)
    props.menu.defineItem({
      name: "tableCaption",
      groups: "table",
      priority: 90,
      button: props.buttons.text("Caption", "Caption of the table"),
      hidden: (editor) => !editor.isActive("table"),
      command: (editor) => {
        askCaption(editor, editor.getAttributes("table")).then((chosen) => {
          if (chosen)
            editor
              .chain()
              .focus()
              .updateAttributes("table", { caption: (chosen.caption || "").trim() })
              .run()
        })
      },
    })
  },
  addCommands() {
    return {
      ...this.parent?.(),
      insertTableWithOptions:
        () =>
        ({ editor }) => {
          ask(editor, {}).then((chosen) => {
            if (!chosen) return
            const size = { rows: Number(chosen.rows) || 3, cols: Number(chosen.cols) || 3 }
            const change = editor
              .chain()
              .focus()
              .insertTable({ ...size, withHeaderRow: chosen.withHeaderRow === "Yes" })
            change.updateAttributes("table", { caption: (chosen.caption || "").trim() }).run()
          })
          return true
        },
    }
  },
})

/* What a heading heads, in tables that came by another road (an import, the API): the dialog does not ask for it, and a
save keeps it. */
export const TableHeader = PlainTableHeader.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      scope: {
        default: null,
        parseHTML: (cell) =>
          /^(row|col)$/.test(cell.getAttribute("scope")) ? cell.getAttribute("scope") : null,
        renderHTML: ({ scope }) => (scope ? { scope } : {}),
      },
    }
  },
})
