/* Boxes in the text: a pull quote and a fact box. Both are what their HTML says, also without our styles. */
import { Node } from "django-prose-editor/editor"

const box = ({ name, tag, mark, content, button, title, priority }) => Node.create({
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
  name: "pullQuote", tag: "blockquote", mark: "data-pull-quote", content: "paragraph+",
  button: "Pull quote", title: "Pull quote: set these words apart", priority: 180,
})

export const FactBox = box({
  name: "factBox", tag: "aside", mark: "data-fact-box", content: "block+",
  button: "Fact box", title: "Fact box: put these paragraphs into one", priority: 170,
})
