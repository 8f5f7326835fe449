/* Boxes in the text: a pull quote and a fact box. Both are what their HTML says, also without our styles. */
import { Extension, Node } from "django-prose-editor/editor"

const box = ({ name, tag, mark, content, button, title, priority }) =>
  Node.create({
    name,
    group: "block",
    content,
    defining: true,
    priority: 200, // before the plain quotation, which reads the same element
    parseHTML: () => [{ tag: `${tag}[${mark}]`, priority: 60 }],
    renderHTML: () => [tag, { [mark]: "" }, 0],
    addMenuItems({ menu, buttons }) {
      menu.defineItem({
        name,
        groups: "insert",
        priority,
        button: buttons.text(button, title),
        active: (editor) => editor.isActive(name),
        enabled: (editor) => editor.can().toggleWrap(name),
        command: (editor) => editor.chain().focus().toggleWrap(name).run(),
      })
    },
  })

export const PullQuote = box({
  name: "pullQuote",
  tag: "blockquote",
  mark: "data-pull-quote",
  content: "paragraph+",
  button: "Pull quote",
  title: "Pull quote: set these words apart",
  priority: 180,
})

export const FactBox = box({
  name: "factBox",
  tag: "aside",
  mark: "data-fact-box",
  content: "block+",
  button: "Fact box",
  title: "Fact box: put these paragraphs into one",
  priority: 170,
})

/** Boxes of `type` that the choice touches, each the outermost of its place: [its place, its size]. */
const touched = (tr, type) => {
  const found = []
  tr.doc.nodesBetween(tr.selection.from, tr.selection.to, (node, place) => {
    if (node.type === type) found.push([place, node.nodeSize])
    return node.type !== type
  })
  return found
}

/* A box or a quotation that the choice touches is taken back, also when more than it is chosen: everything chosen holds
the empty line behind it too, and would be put into a second one. */
export const OneBoxEach = Extension.create({
  name: "oneBoxEach",
  addCommands() {
    return {
      toggleWrap:
        (name, attributes = {}) =>
        ({ commands, dispatch, state, tr }) => {
          const type = typeof name === "string" ? state.schema.nodes[name] : name
          const boxes = touched(tr, type)
          if (!boxes.length) return commands.wrapIn(type, attributes)
          if (!dispatch) return true
          for (const [place, size] of boxes.reverse()) {
            const range = tr.doc
              .resolve(place + 1)
              .blockRange(tr.doc.resolve(place + size - 1), (node) => node.type === type)
            if (range) tr.lift(range, range.depth - 1)
          }
          return true
        },
    }
  },
})
