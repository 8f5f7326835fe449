/* Paste from Word, Google Docs, LibreOffice, a mail, a chat or a web page: what was meant stays, and what cannot stay is
said, with its words. What was copied inside the editor passes as it is: the editor's own list of parts decides. */
import { Extension, Plugin } from "django-prose-editor/editor"
import { completed } from "./link_rule.js"
import { statusOf } from "./parts.js"
import { gatherFootnotes } from "./paste_footnotes.js"
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
import { makeSigns } from "./paste_signs.js"

const RENAMED = { H1: "h2", H4: "h3", H5: "h3", H6: "h3", B: "strong", I: "em", CENTER: "p" }
const KEPT = new Set(
  "P BR HR STRONG EM A UL OL LI BLOCKQUOTE TABLE CAPTION THEAD TBODY TR TD TH H2 H3".split(" "),
)
const ATTRIBUTES = {
  A: ["href"],
  OL: ["start", "type"],
  TD: ["colspan", "rowspan"],
  TH: ["colspan", "rowspan"],
}
const HOLDERS =
  "div, section, article, figure, figcaption, aside, main, header, footer, address, dt, dd"
const BLOCKS = `p, ul, ol, li, table, blockquote, hr, h1, h2, h3, h4, h5, h6, pre, ${HOLDERS}`
// Parts of a story: {how its HTML is known: [the editor's name for it, ours]}
const PARTS = {
  "figure[data-photo]": ["photoInText", "photo"],
  "figure[data-embed]": ["embed", "link card"],
  "blockquote[data-pull-quote]": ["pullQuote", "pull quote"],
  "aside[data-fact-box]": ["factBox", "fact box"],
  "mark[data-note]": ["deskNote", "note for colleagues"],
}
const PART = Object.keys(PARTS).join(", ")
const WITH_THEIR_WORDS = new Set(["photoInText", "deskNote"]) // a note never becomes text
const DROPPED = {
  picture: "img, picture, svg, canvas, v\\:imagedata",
  "film, sound or frame": "video, audio, iframe, object, embed",
  comment: ".MsoCommentText, [id^=_com_], .comment-id-reference",
  "form field": "input, textarea, select, button",
}
const SILENTLY = "style, script, meta, link, head, title, template, noscript, colgroup, col"

const unwrap = (element) => element.replaceWith(...element.childNodes)
const renamed = (element, name, attributes = {}) => {
  const other = element.ownerDocument.createElement(name)
  for (const [key, value] of Object.entries(attributes)) other.setAttribute(key, value)
  other.append(...element.childNodes)
  element.replaceWith(other)
  return other
}
const wrapContents = (element, name) => {
  const inner = element.ownerDocument.createElement(name)
  inner.append(...element.childNodes)
  element.append(inner)
}
const isPart = (element) =>
  element.matches(PART) ||
  (element.matches("figcaption, a") && element.closest("figure[data-photo], figure[data-embed]"))
const isEmpty = (element) =>
  !element.textContent.replace(/[\s\u200b\ufeff]/g, "") && !element.querySelector("hr, figure")
const quoted = (words, most = 12) =>
  `“${words.slice(0, most).join(" ")}${words.length > most ? " …" : ""}”`
const counted = (number, what) => `${number} ${what}${number === 1 ? "" : "s"}`

/** The address behind a redirect of Google or Outlook; any other address as it is. */
const behindRedirect = (href) => {
  try {
    const url = new URL(href)
    const isGoogle = /(^|\.)google\.[a-z.]+$/.test(url.hostname) && url.pathname === "/url"
    const isOutlook = url.hostname.endsWith("safelinks.protection.outlook.com")
    return (
      (isGoogle && (url.searchParams.get("q") || url.searchParams.get("url"))) ||
      (isOutlook && url.searchParams.get("url")) ||
      href
    )
  } catch {
    return href
  }
}

/** A page of ours, as readers see it: its boxes are the editor's again. */
const readOurOwnPages = (page) => {
  for (const quote of [...page.body.querySelectorAll("blockquote.pull-quote")])
    renamed(quote, "blockquote", { "data-pull-quote": "" })
  for (const box of [...page.body.querySelectorAll(".fact-box[role=group]")])
    renamed(box, "aside", { "data-fact-box": "" })
  for (const card of [...page.body.querySelectorAll("figure.embed")]) {
    const link = [...card.querySelectorAll("a[href]")].at(-1)
    if (!link || !card.querySelector(".embed-from")) continue
    link.removeAttribute("rel")
    card.replaceChildren(link)
    renamed(card, "figure", { "data-embed": "" })
  }
  for (const caption of page.body.querySelectorAll("figure.photo > figcaption")) caption.remove() // the library has it
}

/** Pictures, films, comments, fields of forms; an emoji that is drawn as a picture is a sign. */
const takeOutThings = (page, left) => {
  for (const image of [...page.body.querySelectorAll("img[alt]")]) {
    if (/^\p{Extended_Pictographic}/u.test(image.alt) && image.alt.length < 12)
      image.replaceWith(image.alt)
  }
  for (const [words, selector] of Object.entries(DROPPED)) {
    const found = [...page.body.querySelectorAll(selector)].filter(
      (each) => !each.parentElement.closest(selector),
    )
    const names = found
      .map((each) => (each.matches("img") ? each : each.querySelector("img"))?.alt?.trim())
      .filter(Boolean)
    const several = `${found.length} ${words}${found.length > 1 ? "s" : ""}`.replace(
      "frames",
      "frame",
    )
    if (found.length)
      left.push(
        names.length
          ? `${several} (${names
              .slice(0, 5)
              .map((name) => `“${name.slice(0, 60)}”`)
              .join(", ")})`
          : several,
      )
    for (const element of found) element.remove()
  }
  for (const element of page.querySelectorAll(SILENTLY)) element.remove()
  const remarks = page.createTreeWalker(page.body, NodeFilter.SHOW_COMMENT)
  const all = []
  while (remarks.nextNode()) all.push(remarks.currentNode)
  for (const remark of all) remark.remove()
}

/** Parts that this editor does not have: the outlet's own pages know no photos and no notes. */
const takeOutParts = (page, schema, left) => {
  for (const [selector, [name, words]] of Object.entries(PARTS)) {
    if (!schema || schema.nodes[name] || schema.marks[name]) continue
    const found = [...page.body.querySelectorAll(selector)]
    if (found.length) left.push(counted(found.length, words))
    for (const element of found) WITH_THEIR_WORDS.has(name) ? element.remove() : unwrap(element)
  }
}

/** Lines of <pre>, and of text whose line breaks count: verse, a chat, a post. */
const makeLines = (page) => {
  const keeps = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const said = declared(styleOf(each), "white-space", "white-space-collapse").at(-1)
      if (said) return /^(pre|break-spaces|preserve)/.test(said)
      if (each.matches("pre, listing, xmp")) return true
    }
    return false
  }
  // Blanks at the beginning of a line of <pre> are meant: an editor, and a browser, would close them up.
  const indented = (line) =>
    line.replace(/^[ \t]+/, (blanks) => blanks.replaceAll("\t", "    ").replaceAll(" ", "\u00a0"))
  for (const block of page.body.querySelectorAll("pre, listing, xmp")) {
    const words = page.createTreeWalker(block, NodeFilter.SHOW_TEXT)
    let begun = "" // the blanks of a line whose words stand in the next element; null inside a line
    while (words.nextNode()) {
      const lines = ((begun ?? "") + words.currentNode.data).replace(/\r\n?/g, "\n").split("\n")
      const isBeginning = begun !== null
      const last = lines.at(-1)
      begun = !last.trim() && (lines.length > 1 || isBeginning) ? last : null
      if (begun) lines[lines.length - 1] = ""
      words.currentNode.data = lines
        .map((line, index) => (index || isBeginning ? indented(line) : line))
        .join("\n")
    }
  }
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT)
  const found = []
  while (walker.nextNode())
    if (walker.currentNode.data.includes("\n")) found.push(walker.currentNode)
  for (const node of found) {
    const isBetween =
      !node.data.trim() &&
      (!node.parentElement.matches("pre, span, p") || node.parentElement.querySelector(BLOCKS))
    if (isBetween || !keeps(node.parentElement)) continue
    const lines = node.data.replace(/\r\n?/g, "\n").split("\n")
    node.replaceWith(
      ...lines.flatMap((line, index) => (index ? [page.createElement("br"), line] : [line])),
    )
  }
  for (const block of [...page.body.querySelectorAll("pre")]) renamed(block, "p")
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

/** Links as the rule has them; returns a sentence for each that cannot be one. */
const completeLinks = (page) => {
  const said = []
  for (const link of [...page.body.querySelectorAll("a")]) {
    const typed = behindRedirect(link.getAttribute("href") ?? "")
    const { href, reason } = completed(typed)
    const words = link.textContent.trim().split(/\s+/)
    if (href && !href.startsWith("#")) link.setAttribute("href", href)
    else unwrap(link) // without an address it is a bookmark
    if (typed && words[0] && (reason || href.startsWith("#"))) {
      said.push(
        `${quoted(words, 6)} is no link any more: “${typed.slice(0, 60)}” leads nowhere from here.`,
      )
    }
  }
  return said
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

/** Two line breaks are a new paragraph; one at either end is none. */
const splitAtBreaks = (paragraph) => {
  const pieces = [[]]
  let breaks = []
  for (const node of [...paragraph.childNodes]) {
    const isSpace = node.nodeType === Node.TEXT_NODE && !node.data.trim()
    if (node.nodeName === "BR") breaks.push(node)
    else if (breaks.length && isSpace) continue
    else {
      if (breaks.length > 1) pieces.push([])
      else if (breaks.length && pieces.at(-1).length) pieces.at(-1).push(breaks[0])
      breaks = []
      pieces.at(-1).push(node)
    }
  }
  paragraph.replaceChildren(...pieces[0])
  let last = paragraph
  for (const piece of pieces.slice(1)) {
    const next = paragraph.ownerDocument.createElement("p")
    next.append(...piece)
    last.after(next)
    last = next
  }
}

const isBlock = (node) => node.nodeType === Node.ELEMENT_NODE && node.matches(BLOCKS)
/** Words that stand beside blocks are paragraphs of their own. */
const wrapLooseWords = (holder) => {
  const children = [...holder.childNodes]
  const hasBlocks = children.some(isBlock)
  const hasTwoBreaks = children.some(
    (node, index) => node.nodeName === "BR" && children[index + 1]?.nodeName === "BR",
  )
  if (!hasBlocks && !hasTwoBreaks) return
  let open = null
  for (const node of children) {
    if (isBlock(node)) open = null
    else if (open) open.append(node)
    else if (node.textContent.trim() || node.nodeName === "BR") {
      open = holder.ownerDocument.createElement("p")
      node.before(open)
      open.append(node)
    }
  }
}

const isOurs = (page) =>
  [...page.body.querySelectorAll("*")].every(
    (element) => KEPT.has(element.tagName) || isPart(element) || element.matches("meta"),
  )

/** What happened to the words, in sentences. */
const told = ({ left, struck, hidden, capitals, onTheLine, notes, lostMarks, links }) => {
  const said = []
  const hint = left.some((each) => each.includes("picture")) ? " Add pictures under “Photo”." : ""
  if (left.length) said.push(`Left out: ${left.join(", ")}.${hint}`)
  for (const [words, why] of [
    [struck, "struck out"],
    [hidden, "hidden"],
  ]) {
    const verb = words.length === 1 ? "was" : "were"
    if (words.length)
      said.push(
        `${counted(words.length, "word")} that ${verb} ${why} ${verb} left out: ${quoted(words)}.`,
      )
  }
  if (capitals.length)
    said.push(
      `In capitals by their look alone, in the letters that were typed now: ${quoted(capitals)}.`,
    )
  if (onTheLine.length)
    said.push(`Raised or lowered before, on the line now: ${quoted(onTheLine)}.`)
  if (notes)
    said.push(
      `${counted(notes, "footnote")} ${notes === 1 ? "stands" : "stand"} as a list under the text.`,
    )
  if (lostMarks.length)
    said.push(
      `Left out: ${counted(lostMarks.length, "mark")} of footnotes that were not copied: ${quoted(lostMarks)}.`,
    )
  return [
    ...said,
    ...links.slice(0, 5),
    ...(links.length > 5 ? [`${links.length - 5} more links lead nowhere from here.`] : []),
  ]
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
