/* Paste from Word, Google Docs, LibreOffice, a mail, a chat or a web page: what was meant stays, and what cannot stay is
said, with its words. What was copied inside the editor passes as it is: the editor's own list of parts decides. */
import { Extension, Plugin } from "django-prose-editor/editor"
import { statusOf } from "./parts.js"
import { BLOCKS, HOLDERS, KEPT, isEmpty, renamed, unwrap, wrapContents } from "./paste_elements.js"
import { gatherFootnotes } from "./paste_footnotes.js"
import { makeLines, splitAtBreaks, wrapLooseWords } from "./paste_lines.js"
import { completeLinks } from "./paste_links.js"
import { makeLists } from "./paste_lists.js"
import {
  declared,
  hasOtherLooks,
  inCapitals,
  isSlanted,
  isUpright,
  styleOf,
  takeOutDead,
  weightOf,
  withoutStyles,
} from "./paste_looks.js"
import { isOurs, isPart, readOurOwnPages, takeOutParts } from "./paste_parts.js"
import { makeSigns } from "./paste_signs.js"
import { takeOutThings } from "./paste_things.js"
import { told } from "./paste_words.js"

const RENAMED = { H1: "h2", H4: "h3", H5: "h3", H6: "h3", B: "strong", I: "em", CENTER: "p" }
const ATTRIBUTES = {
  A: ["href"],
  OL: ["start", "type"],
  TD: ["colspan", "rowspan"],
  TH: ["colspan", "rowspan"],
}

/** Word's quotations are paragraphs of a style; its rule is the border of an empty box. */
const makeQuotesAndRules = (page) => {
  for (const box of page.body.querySelectorAll("div")) {
    const borders = declared(styleOf(box), "border", "border-bottom", "border-top")
    if (
      isEmpty(box) &&
      borders.some(
        (value) => !value.startsWith("none") && /solid|double|dotted|dashed|inset/.test(value),
      )
    ) {
      box.replaceWith(page.createElement("hr"))
    }
  }
  for (const paragraph of page.body.querySelectorAll("p[class*=Quote]")) {
    if (
      !/(Mso|Western|^|\s)(Intense)?Quot(e|ation)s?/i.test(paragraph.className) ||
      paragraph.closest("blockquote")
    )
      continue
    const before = paragraph.previousElementSibling
    const quote = before?.matches("blockquote[data-made]")
      ? before
      : page.createElement("blockquote")
    if (quote !== before) paragraph.before(quote)
    quote.dataset.made = ""
    quote.append(paragraph)
  }
  for (const quotation of [...page.body.querySelectorAll("q")])
    quotation.replaceWith("“", ...quotation.childNodes, "”")
}

const cleanElement = (element) => {
  if (isPart(element)) return element
  const style = styleOf(element)
  const weight = weightOf(style)
  const isHeading = Boolean(element.closest("h1, h2, h3, h4, h5, h6"))
  if (["B", "STRONG"].includes(element.tagName) && (weight === "normal" || isHeading))
    return unwrap(element)
  if (["I", "EM"].includes(element.tagName) && isUpright(style)) return unwrap(element)
  if (["SPAN", "FONT"].includes(element.tagName)) {
    if (weight === "bold" && !isHeading) wrapContents(element, "strong")
    if (isSlanted(style)) wrapContents(element, "em")
    return unwrap(element)
  }
  for (const { name } of [...element.attributes]) {
    if (!(ATTRIBUTES[element.tagName] || []).includes(name)) element.removeAttribute(name)
  }
  if (RENAMED[element.tagName]) return renamed(element, RENAMED[element.tagName])
  if (KEPT.has(element.tagName)) return element
  if (element.matches(HOLDERS) && !element.querySelector(BLOCKS) && element.textContent.trim())
    return renamed(element, "p")
  return unwrap(element)
}

/** Returns [html, what was left out or changed, in sentences]. `schema`: of the editor that it is for. */
export const cleanPastedHtml = (html, schema = null) => {
  const parsed = withoutStyles(html)
  const page = new DOMParser().parseFromString(parsed, "text/html")
  const left = []
  takeOutParts(page, schema, left)
  if (/<[^<>]+\sdata-pm-slice=/.test(html) && isOurs(page)) {
    return left.length ? [page.body.innerHTML, [`Left out: ${left.join(", ")}.`]] : [parsed, []]
  }
  readOurOwnPages(page)
  takeOutThings(page, left)
  const [struck, hidden] = takeOutDead(page)
  const capitals = inCapitals(page)
  if (hasOtherLooks(page)) left.push("colours, fonts and other looks")
  const [notes, lostMarks] = gatherFootnotes(page)
  const onTheLine = makeSigns(page)
  makeLines(page)
  makeQuotesAndRules(page)
  for (const table of [...page.body.querySelectorAll("table table")]) {
    for (const part of [...table.querySelectorAll("tbody, thead, tfoot, tr, td, th"), table])
      unwrap(part)
  }
  makeLists(page, html)
  const links = completeLinks(page)
  for (const element of [...page.body.querySelectorAll("*")]) cleanElement(element)
  for (const holder of [page.body, ...page.body.querySelectorAll("blockquote, aside, td, th, li")])
    wrapLooseWords(holder)
  for (const paragraph of [...page.body.querySelectorAll("p")]) splitAtBreaks(paragraph)
  for (const block of [
    ...page.body.querySelectorAll("p, h2, h3, li, ul, ol, blockquote, aside"),
  ].reverse()) {
    if (isEmpty(block)) block.remove()
  }
  return [
    page.body.innerHTML,
    told({ left, struck, hidden, capitals, onTheLine, notes, lostMarks, links }),
  ]
}

export const CleanPaste = Extension.create({
  name: "cleanPaste",
  onCreate() {
    // Behind the toolbar, which is made meanwhile; and before its first words, else they are not read out.
    setTimeout(() => statusOf(this.editor))
  },
  addProseMirrorPlugins() {
    const { editor } = this
    return [
      new Plugin({
        props: {
          transformPastedHTML: (html) => {
            const [cleaned, said] = cleanPastedHtml(html, editor.schema)
            statusOf(editor).textContent = said.join(" ")
            return cleaned
          },
        },
      }),
    ]
  },
})
