/* A link: its address is completed and encoded as it is typed in, or refused with the reason (link_rule.js). A link whose
address the desk could not take stays to be seen, until somebody gives it one. */
import { Link as PlainLink, pm, updateAttrsDialog } from "django-prose-editor/editor"
import { completed } from "./link_rule.js"

const HELP =
  "A web address, a mail address, a telephone number, or / and the rest for a page of this site."

/** Ask until the address can be taken. Resolves to null when somebody gives up. */
export const askAddress = async (ask, editor, shown, { name = "href", onlyWeb = false } = {}) => {
  let attributes = shown
  for (;;) {
    const answer = ask(editor, attributes)
    const field = editor.view.dom.parentElement.querySelector(`dialog [name=${name}]`)
    const judge = () => {
      const { href, reason } = completed(field.value)
      field.setCustomValidity(
        reason || (onlyWeb && !/^https?:/i.test(href) ? "A link card leads to a web address." : ""),
      )
    }
    field.addEventListener("input", judge)
    judge()
    attributes = await answer
    if (!attributes) return null
    const { href } = completed(attributes[name])
    if (href) return { ...attributes, [name]: href }
  }
}

export const Link = PlainLink.extend({
  addOptions() {
    return {
      ...this.parent?.(),
      defaultProtocol: "https",
      isAllowedUri: (url) => Boolean(completed(url).href),
    }
  },
  addAttributes() {
    return {
      href: {
        default: null,
        parseHTML: (element) => completed(element.getAttribute("href")).href || null,
        renderHTML: ({ href }) =>
          href ? { href: completed(href).href || null } : { title: "This link leads nowhere" },
      },
    }
  },
  parseHTML: () => [{ tag: "a" }],
  renderHTML: ({ HTMLAttributes }) => ["a", HTMLAttributes, 0],
  addCommands() {
    const ask = updateAttrsDialog(
      { href: { type: "string", required: true, title: "Address", description: HELP } },
      { title: "Link", submitText: "Link it" },
    )
    return {
      ...this.parent?.(),
      addLink:
        () =>
        ({ editor }) => {
          if (editor.state.selection.empty && !editor.isActive("link")) return false
          askAddress(ask, editor, editor.getAttributes("link")).then((attributes) => {
            if (!attributes) return
            const chain = editor.chain().focus()
            if (editor.isActive("link"))
              chain.extendMarkRange("link").updateAttributes("link", attributes)
            else chain.setMark("link", attributes)
            // One types on behind the words, and not over them.
            chain
              .command(({ tr }) => {
                tr.setSelection(pm.state.TextSelection.create(tr.doc, tr.selection.to))
                tr.removeStoredMark(this.type)
                return true
              })
              .run()
          })
          return true
        },
    }
  },
})
