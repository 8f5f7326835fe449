/* A link card: an address of a video, a post or a chart. Nothing is fetched here; readers load it by a click. */
import { Node, updateAttrsDialog } from "django-prose-editor/editor"
import { askAddress } from "./link.js"
import { completed } from "./link_rule.js"
import { choosingKeys, putIn } from "./parts.js"

const dialog = updateAttrsDialog(
  {
    address: {
      type: "string",
      required: true,
      title: "Address",
      description:
        "YouTube, Vimeo, X, Telegram, Instagram, Facebook, TikTok, SoundCloud and Datawrapper can be played on the page; any other is a link.",
    },
    words: { type: "string", required: true, title: "What readers find there" },
  },
  { title: "Link card", submitText: "Put it in" },
)
const ask = (editor, shown) => askAddress(dialog, editor, shown, { name: "address", onlyWeb: true })

const hostOf = (address) => {
  try {
    return new URL(address).hostname.replace(/^www\./, "")
  } catch {
    return address
  }
}

export const Embed = Node.create({
  name: "embed",
  group: "block",
  atom: true,
  draggable: true,

  addAttributes() {
    const ofLink = (read) => ({
      default: "",
      parseHTML: (figure) => read(figure.querySelector("a")),
      renderHTML: () => ({}),
    })
    return {
      address: ofLink((link) => completed(link?.getAttribute("href")).href || ""),
      words: ofLink((link) => link?.textContent.trim() || ""),
    }
  },
  parseHTML: () => [{ tag: "figure[data-embed]" }],
  renderHTML: ({ node }) => [
    "figure",
    { "data-embed": "" },
    ["a", { href: node.attrs.address }, node.attrs.words || node.attrs.address],
  ],

  addNodeView() {
    return ({ node, editor, getPos }) => {
      const dom = document.createElement("figure")
      dom.className = "part part--embed"
      dom.contentEditable = "false"
      dom.setAttribute("role", "group")
      const host = document.createElement("p")
      host.className = "part-words"
      const words = document.createElement("p")
      const change = document.createElement("button")
      change.type = "button"
      change.textContent = "Change the link card"
      dom.append(host, words, change)
      let now = node
      const show = () => {
        host.textContent = `Link card: ${hostOf(now.attrs.address)}`
        dom.setAttribute("aria-label", `Link card: ${now.attrs.words}`)
        words.textContent = now.attrs.words
      }
      show()
      change.addEventListener("click", async () => {
        const attributes = await ask(editor, now.attrs)
        if (attributes)
          editor.view.dispatch(editor.state.tr.setNodeMarkup(getPos(), undefined, attributes))
        editor.commands.focus()
      })
      return {
        dom,
        update: (next) => {
          if (next.type !== now.type) return false
          now = next
          show()
          return true
        },
        stopEvent: (event) => event.target === change,
        ignoreMutation: () => true,
      }
    }
  },

  addKeyboardShortcuts() {
    return choosingKeys(this.editor)
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "embed",
      groups: "insert",
      priority: 160,
      button: buttons.text("Embed", "Embed: a link card to a video, a post or a chart"),
      command: async (editor) => {
        const { from, to } = editor.state.selection
        const attributes = await ask(editor, { words: editor.state.doc.textBetween(from, to, " ") })
        if (attributes) putIn(editor, "embed", attributes)
      },
    })
  },
})
