/* Paste from Word, Google Docs, LibreOffice or a web page: bold, italics, links, lists, tables and headings stay, and
nothing else; what was left out is said.

Under our content policy the browser ignores style attributes, so "bold" that Google Docs takes back with
font-weight:normal would stay bold, and bold that it gives with font-weight:700 would be lost. Weight and slant
are therefore read from the attribute's text, before the editor sees the HTML. What was copied inside the editor
passes as it is: the editor's own list of parts decides. */
import { Extension, Plugin } from "django-prose-editor/editor"
import { statusOf } from "./parts.js"

const RENAMED = { H1: "h2", H4: "h3", H5: "h3", H6: "h3", B: "strong", I: "em", PRE: "p", CENTER: "p" }
const KEPT = new Set("P BR STRONG EM A UL OL LI TABLE CAPTION THEAD TBODY TR TD TH H2 H3".split(" "))
const HOLDERS = "div, section, article, blockquote, figure, figcaption, aside, main, header, footer, address, dt, dd"
const BLOCKS = `p, ul, ol, li, table, h1, h2, h3, h4, h5, h6, pre, ${HOLDERS}`
const DROPPED = {
  picture: "img, picture, svg, canvas, v\\:imagedata",
  "film, sound or frame": "video, audio, iframe, object, embed",
  comment: ".MsoCommentText, [id^=_com_], .comment-id-reference",
  "form field": "input, textarea, select, button",
}
const SILENTLY = "style, script, meta, link, head, title, template, noscript, colgroup, col, del"
const OTHER_LOOKS = /(^|;)\s*(color|background(-color)?|font-family|font-size|text-decoration(-line)?|vertical-align)\s*:/i
const PLAIN_LOOKS = /(color:\s*(#000(000)?|black|windowtext|rgb\(0,\s*0,\s*0\))|text-decoration:\s*none|vertical-align:\s*baseline|background-color:\s*transparent)\s*(;|$)/gi

const weightOf = (style) => {
  const found = /(?<![\w-])font-weight:\s*(bold|bolder|normal|lighter|\d+)/i.exec(style)
  if (!found) return null
  return found[1] === "bold" || found[1] === "bolder" || Number(found[1]) >= 600 ? "bold" : "normal"
}
const isSlanted = (style) => /(?<![\w-])font-style:\s*(italic|oblique)/i.test(style)
const isUpright = (style) => /(?<![\w-])font-style:\s*normal/i.test(style)
// m² and CO₂ are not m2 and CO2: small figures become the signs that are small by themselves.
const SMALL = { SUP: "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", SUB: "₀₁₂₃₄₅₆₇₈₉₊₋" }
const asSmallFigures = (element) => {
  const text = element.textContent.trim().replace(/[−–]/g, "-")
  if (/^[+-]?\d+$/.test(text)) element.textContent = [...text].map((sign) => SMALL[element.tagName]["0123456789+-".indexOf(sign)]).join("")
}
const unwrap = (element) => element.replaceWith(...element.childNodes)

const renamed = (element, name) => {
  const other = element.ownerDocument.createElement(name)
  other.append(...element.childNodes)
  element.replaceWith(other)
  return other
}

const wrapContents = (element, name) => {
  const inner = element.ownerDocument.createElement(name)
  inner.append(...element.childNodes)
  element.append(inner)
}

/** The address behind a redirect of Google or Outlook; any other address as it is. */
const behindRedirect = (href) => {
  try {
    const url = new URL(href)
    const isGoogle = /(^|\.)google\.[a-z.]+$/.test(url.hostname) && url.pathname === "/url"
    const isOutlook = url.hostname.endsWith("safelinks.protection.outlook.com")
    return (isGoogle && (url.searchParams.get("q") || url.searchParams.get("url")))
      || (isOutlook && url.searchParams.get("url")) || href
  } catch {
    return href
  }
}

/** Word writes a list as paragraphs that say their level in a style and their bullet in a span. */
const makeWordLists = (page) => {
  const levelOf = (element) => Number(/mso-list:[^;]*level(\d)/i.exec(element?.dataset.style || "")?.[1] || 0)
  let open = [] // the lists that are open, outermost first
  let last = null // the paragraph's place: a list goes on only when nothing stands between
  for (const paragraph of [...page.body.querySelectorAll("p, h1, h2, h3")]) {
    const level = levelOf(paragraph)
    if (!level) continue
    const bullet = [...paragraph.querySelectorAll("span")].find((span) => /mso-list:\s*ignore/i.test(span.dataset.style || ""))
    const name = /^\s*(\d+|[a-z]{1,4})\s*[.)]/i.test(bullet?.textContent || "") ? "ol" : "ul"
    bullet?.remove()
    if (!last || paragraph.previousElementSibling !== last) open = []
    open = open.slice(0, level)
    if (open[level - 1] && open[level - 1].localName !== name) open = open.slice(0, level - 1)
    while (open.length < level) {
      const list = page.createElement(name)
      const parent = open.at(-1)
      if (parent) (parent.lastElementChild || parent.appendChild(page.createElement("li"))).append(list)
      else paragraph.before(list)
      open.push(list)
    }
    const item = page.createElement("li")
    item.append(paragraph) // it leaves its place, so that the next one follows the list
    open.at(-1).append(item)
    last = open[0]
  }
}

const cleanElement = (element) => {
  const style = element.dataset.style || ""
  const weight = weightOf(style)
  const isHeading = Boolean(element.closest("h1, h2, h3, h4, h5, h6"))
  if (["B", "STRONG"].includes(element.tagName) && (weight === "normal" || isHeading)) return unwrap(element)
  if (["I", "EM"].includes(element.tagName) && isUpright(style)) return unwrap(element)
  if (["SPAN", "FONT"].includes(element.tagName)) {
    if (weight === "bold" && !isHeading) wrapContents(element, "strong")
    if (isSlanted(style)) wrapContents(element, "em")
    return unwrap(element)
  }
  for (const { name } of [...element.attributes]) {
    if (!["href", "colspan", "rowspan", "start"].includes(name)) element.removeAttribute(name)
  }
  if (element.tagName === "A") {
    if (!element.hasAttribute("href")) return unwrap(element) // a bookmark of Word
    element.setAttribute("href", behindRedirect(element.getAttribute("href")))
  }
  if (RENAMED[element.tagName]) return renamed(element, RENAMED[element.tagName])
  if (KEPT.has(element.tagName)) return element
  if (element.matches(HOLDERS) && !element.querySelector(BLOCKS) && element.textContent.trim()) return renamed(element, "p")
  return unwrap(element)
}

/** Under our policy the browser complains of each style as it parses; attributes can be read under another name. */
const withoutStyles = (html) => html
  .replace(/<(\/?)(style|script)\b/gi, "<$1template")
  .replace(/<base\b/gi, "<span")
  .replace(/<[a-z][^<>]*>/gi, (tag) => (
    tag.replace(/([\s"'/])style(\s*=)/gi, "$1data-style$2").replace(/([\s"'/])on[a-z]+(\s*=)/gi, "$1data-dropped$2")
  ))

/** Returns [html, what was left out, in words: "2 pictures"]. */
export const cleanPastedHtml = (html) => {
  const page = new DOMParser().parseFromString(withoutStyles(html), "text/html")
  const left = []
  for (const [words, selector] of Object.entries(DROPPED)) {
    const found = [...page.body.querySelectorAll(selector)].filter((each) => !each.parentElement.closest(selector))
    if (found.length) left.push(`${found.length} ${words}${found.length > 1 ? "s" : ""}`.replace("frames", "frame"))
    for (const element of found) element.remove()
  }
  for (const element of page.querySelectorAll(SILENTLY)) element.remove()
  const hasOtherLooks = [...page.body.querySelectorAll("u, s, strike, mark, [data-style], font[color]")].some((element) => (
    element.tagName !== "SPAN" && /^(U|S|STRIKE|MARK|FONT)$/.test(element.tagName)
    || OTHER_LOOKS.test((element.dataset.style || "").replace(PLAIN_LOOKS, ""))
  ))
  if (hasOtherLooks) left.push("colours, fonts and other looks")
  for (const element of page.body.querySelectorAll("sup, sub")) asSmallFigures(element)
  for (const table of [...page.body.querySelectorAll("table table")]) {
    for (const part of [...table.querySelectorAll("tbody, thead, tfoot, tr, td, th"), table]) unwrap(part)
  }
  makeWordLists(page)
  for (const element of [...page.body.querySelectorAll("*")]) cleanElement(element)
  for (const paragraph of [...page.body.querySelectorAll("p")]) {
    if (!paragraph.textContent.trim()) paragraph.remove()
  }
  return [page.body.innerHTML, left]
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
            if (/<[^>]+\sdata-pm-slice=/.test(html)) return withoutStyles(html)
            const [cleaned, left] = cleanPastedHtml(html)
            const hint = left.some((each) => each.includes("picture")) ? " Add pictures under “Photo”." : ""
            statusOf(editor).textContent = left.length ? `Left out: ${left.join(", ")}.${hint}` : ""
            return cleaned
          },
        },
      }),
    ]
  },
})
