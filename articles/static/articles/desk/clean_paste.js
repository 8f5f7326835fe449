/* Paste from Word, Google Docs or a web page: keep what was meant, drop the rest, and say so.

Under our content policy the browser ignores style attributes, so "bold" that Google Docs takes back with
font-weight:normal would stay bold, and bold that it gives with font-weight:700 would be lost. Weight and slant
are therefore read from the attribute's text, before the editor sees the HTML. */
import { Extension, Plugin } from "django-prose-editor/editor"

const HEADINGS = { H1: "h2", H4: "h3", H5: "h3", H6: "h3" }
const DROPPED = "img, picture, svg, video, audio, iframe, object, embed, style, script, meta, link, head, title"

const weightOf = (style) => {
  const found = /font-weight:\s*(bold|bolder|normal|lighter|\d+)/i.exec(style)
  if (!found) return null
  return found[1] === "bold" || found[1] === "bolder" || Number(found[1]) >= 600 ? "bold" : "normal"
}

const isSlanted = (style) => /font-style:\s*(italic|oblique)/i.test(style)

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

/** Returns [html, how many pictures were left out]. */
export const cleanPastedHtml = (html) => {
  const page = new DOMParser().parseFromString(html, "text/html")
  const pictures = page.querySelectorAll("img, picture, svg, video").length
  for (const element of page.querySelectorAll(DROPPED)) element.remove()
  for (const element of [...page.body.querySelectorAll("*")]) {
    const style = element.getAttribute("style") || ""
    const weight = weightOf(style)
    const isHeading = /^H[1-6]$/.test(element.closest("h1, h2, h3, h4, h5, h6")?.tagName || "")
    if (["B", "STRONG"].includes(element.tagName) && weight === "normal") {
      unwrap(element)
      continue
    }
    if (element.tagName === "SPAN" || element.tagName === "FONT") {
      if (weight === "bold" && !isHeading) wrapContents(element, "strong")
      if (isSlanted(style)) wrapContents(element, "em")
      unwrap(element)
      continue
    }
    if (element.tagName.includes(":")) {
      unwrap(element) // Word's own elements, such as o:p
      continue
    }
    for (const { name } of [...element.attributes]) {
      if (!["href", "colspan", "rowspan", "start"].includes(name)) element.removeAttribute(name)
    }
    if (element.tagName === "A" && element.hasAttribute("href")) {
      element.setAttribute("href", behindRedirect(element.getAttribute("href")))
    }
    if (HEADINGS[element.tagName]) renamed(element, HEADINGS[element.tagName])
  }
  for (const paragraph of [...page.body.querySelectorAll("p")]) {
    if (!paragraph.textContent.trim() && !paragraph.querySelector("br")) paragraph.remove()
  }
  return [page.body.innerHTML, pictures]
}

const say = (view, sentence) => {
  const field = view.dom.closest(".field-body") || view.dom.parentElement
  let note = field.querySelector(".paste-note")
  if (!note) {
    note = document.createElement("p")
    note.className = "paste-note"
    note.setAttribute("role", "status")
    field.append(note)
  }
  note.textContent = sentence
}

export const CleanPaste = Extension.create({
  name: "cleanPaste",
  addProseMirrorPlugins() {
    return [
      new Plugin({
        props: {
          transformPastedHTML: (html, view) => {
            const [cleaned, pictures] = cleanPastedHtml(html)
            const left = pictures === 1 ? "One picture was" : `${pictures} pictures were`
            say(view, pictures ? `${left} left out. Add pictures under “Photo”.` : "")
            return cleaned
          },
        },
      }),
    ]
  },
})
