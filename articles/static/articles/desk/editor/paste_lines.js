/* Lines and paragraphs of what is pasted: line breaks that count, two of them, words between blocks. */
import { BLOCKS, renamed } from "./paste_elements.js"
import { declared, styleOf } from "./paste_looks.js"

/** Whether the line breaks inside `element` count. */
const keepsBreaks = (element) => {
  for (let each = element; each; each = each.parentElement) {
    const said = declared(styleOf(each), "white-space", "white-space-collapse").at(-1)
    if (said) return /^(pre|break-spaces|preserve)/.test(said)
    if (each.matches("pre, listing, xmp")) return true
  }
  return false
}

const textsIn = (page, element) => {
  const walker = page.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  const texts = []
  while (walker.nextNode()) texts.push(walker.currentNode)
  return texts
}
const linesOf = (text) => text.replace(/\r\n?/g, "\n").split("\n")

const indented = (line) =>
  line.replace(/^[ \t]+/, (blanks) => blanks.replaceAll("\t", "    ").replaceAll(" ", "\u00a0"))

/** Blanks at the beginning of a line of <pre> are meant: an editor, and a browser, would close them up. */
const keepIndents = (page, block) => {
  let begun = "" // the blanks of a line whose words stand in the next element; null inside a line
  for (const text of textsIn(page, block)) {
    const lines = linesOf((begun ?? "") + text.data)
    const isBeginning = begun !== null
    const last = lines.at(-1)
    begun = !last.trim() && (lines.length > 1 || isBeginning) ? last : null
    if (begun) lines[lines.length - 1] = ""
    text.data = lines
      .map((line, index) => (index || isBeginning ? indented(line) : line))
      .join("\n")
  }
}

const isBetweenBlocks = (text) =>
  !text.data.trim() &&
  (!text.parentElement.matches("pre, span, p") || text.parentElement.querySelector(BLOCKS))

/** Lines of <pre>, and of text whose line breaks count: verse, a chat, a post. */
export const makeLines = (page) => {
  for (const block of page.body.querySelectorAll("pre, listing, xmp")) keepIndents(page, block)
  for (const text of textsIn(page, page.body).filter(({ data }) => data.includes("\n"))) {
    if (isBetweenBlocks(text) || !keepsBreaks(text.parentElement)) continue
    text.replaceWith(
      ...linesOf(text.data).flatMap((line, index) =>
        index ? [page.createElement("br"), line] : [line],
      ),
    )
  }
  for (const block of [...page.body.querySelectorAll("pre")]) renamed(block, "p")
}

/** Two line breaks are a new paragraph; one at either end is none. */
export const splitAtBreaks = (paragraph) => {
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
export const wrapLooseWords = (holder) => {
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
