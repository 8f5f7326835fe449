/* The dialog in which a text is edited as HTML: what the editor has no place for goes, and is named. */
import { HTML as PlainHTML } from "django-prose-editor/editor"
import { statusOf } from "./parts.js"
import { withoutStyles } from "./paste_looks.js"

const RENAMED = { b: "strong", i: "em" }
const SILENT = new Set(["tbody", "thead", "colgroup", "col", "template"]) // no part of what a reader gets, or named below
const ATTRIBUTES = { "data-style": "style", "data-dropped": "on…" } // as `withoutStyles` has them
const MOST = 12 // names and words of a kind

const countIn = (counts, key) => counts.set(key, (counts.get(key) || 0) + 1)

/** How often each element, attribute and word stands in a text: {elements, attributes, words}, each a Map. */
const tally = (html) => {
  const page = new DOMParser().parseFromString(withoutStyles(html), "text/html")
  const found = { elements: new Map(), attributes: new Map(), words: new Map() }
  for (const element of page.querySelectorAll("head *, body *")) {
    const name = RENAMED[element.localName] || element.localName
    if (!SILENT.has(name)) countIn(found.elements, name)
    for (const attribute of element.attributes)
      countIn(found.attributes, ATTRIBUTES[attribute.name] || attribute.name)
  }
  for (const script of html.matchAll(/<(script|style)\b/gi))
    countIn(found.elements, script[1].toLowerCase())
  for (const block of page.body.querySelectorAll("p, div, li, td, th, h1, h2, h3, br, figcaption"))
    block.after(" ")
  for (const word of page.body.textContent.split(/\s+/).filter(Boolean)) countIn(found.words, word)
  return found
}

/** What `before` has more of than `after`: [[what, how many]]. */
const fewer = (before, after) =>
  [...before]
    .map(([what, count]) => [what, count - (after.get(what) || 0)])
    .filter(([, missing]) => missing > 0)

const listed = (missing, shown) => {
  const first = missing
    .slice(0, MOST)
    .map(([what, count]) => (count > 1 ? `${shown(what)} (${count})` : shown(what)))
  return first.join(", ") + (missing.length > MOST ? ` and ${missing.length - MOST} more` : "")
}

/** In a sentence for each kind, what of `typed` does not stand in `kept`, both HTML; "" when all of it does. */
export const leftOutOf = (typed, kept) => {
  const [before, after] = [tally(typed), tally(kept)]
  const said = []
  const elements = fewer(before.elements, after.elements)
  if (elements.length)
    said.push(
      `Left out, because a story has no such part: ${listed(elements, (name) => `<${name}>`)}.`,
    )
  const attributes = fewer(before.attributes, after.attributes)
  if (attributes.length) said.push(`Left out of the tags: ${listed(attributes, (name) => name)}.`)
  const words = fewer(before.words, after.words)
  if (words.length) said.push(`Words that are gone with it: “${listed(words, (word) => word)}”.`)
  return said.join(" ")
}

export const HTML = PlainHTML.extend({
  addCommands() {
    const { editHTML } = this.parent()
    return {
      editHTML: () => (props) => {
        const done = editHTML()(props)
        const { editor } = props
        const dialog = [...editor.view.dom.parentElement.querySelectorAll("dialog")].at(-1)
        const area = dialog?.querySelector("textarea")
        dialog?.addEventListener(
          "click",
          ({ target }) => {
            if (!target.matches("[type=submit]")) return
            const typed = area.value
            area.value = withoutStyles(typed) // the browser would complain of each style, and the editor has none
            // The dialog's own answer comes first; then the text is what became of it.
            setTimeout(() => {
              statusOf(editor).textContent = leftOutOf(typed, editor.getHTML())
            })
          },
          { capture: true },
        )
        return done
      },
    }
  },
})
