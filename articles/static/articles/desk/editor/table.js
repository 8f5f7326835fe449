/* The editor's table, whose dialog begins with a row of headings: a table without one tells a screen reader nothing. */
import { Table as PlainTable, updateAttrsDialog } from "django-prose-editor/editor"

const number = (title) => ({ type: "number", title, format: "number", default: "3", min: "1", max: "100" })
const ask = updateAttrsDialog({
  rows: number("Rows"),
  cols: number("Columns"),
  withHeaderRow: { title: "The first row heads the columns", enum: ["Yes", "No"], default: "Yes" },
}, { title: "Table", submitText: "Put it in" })

export const Table = PlainTable.extend({
  addCommands() {
    return {
      ...this.parent?.(),
      insertTableWithOptions: () => ({ editor }) => {
        ask(editor, {}).then((chosen) => {
          if (!chosen) return
          const size = { rows: Number(chosen.rows) || 3, cols: Number(chosen.cols) || 3 }
          editor.chain().focus().insertTable({ ...size, withHeaderRow: chosen.withHeaderRow === "Yes" }).run()
        })
        return true
      },
    }
  },
})
