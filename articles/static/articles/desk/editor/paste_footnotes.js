/* Footnotes and endnotes: in the text "[1]" without a link that leads nowhere, and the notes as a list under it. */

const UNCOPIED =
  "a[href*='#_ftn'], a[href*='#_edn'], a[href*='#ftnt'], a.sdfootnoteanc, a.sdendnoteanc, a[href*='#cite_note'], [role=doc-noteref]"
const MARK = /^[\p{L}\p{N}*†‡§]{1,4}$/u
const BACK = /^[\s\u200b\ufe0e\ufe0f]*(?:[\^↑↩⤴←][\s\ufe0e\ufe0f]*)?$/u

const markOf = (link) => link.textContent.replace(/[\s[\]().]/g, "")
const targetOf = (page, link) => {
  const name = (link.getAttribute("href") || "").split("#")[1]
  if (!name) return null
  const plain = (() => {
    try {
      return decodeURIComponent(name)
    } catch {
      return name
    }
  })()
  return page.getElementById(plain) || page.getElementsByName(plain)[0] || null
}
const isBehind = (one, other) =>
  Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING)

/** What holds a note: the item, box or paragraph around its place, and never the text that its mark stands in. */
const holderOf = (target, link) =>
  [target.closest("li, dd, aside, div[id]"), target.closest("p")].find(
    (each) => each && !each.contains(link),
  )

const replaceMark = (link, mark) => {
  const whole =
    link.parentElement.matches("sup") &&
    link.parentElement.textContent.trim() === link.textContent.trim()
      ? link.parentElement
      : link
  whole.replaceWith(`[${mark}]`)
}

const withoutWayBack = (holder, mark) => {
  for (const link of [...holder.querySelectorAll("a")]) {
    const isBack =
      (link.getAttribute("href") || "").includes("#") &&
      (markOf(link) === mark || BACK.test(link.textContent))
    if (isBack || (!link.hasAttribute("href") && !link.textContent.trim()))
      (link.closest("sup") || link).remove()
  }
}

const itemOf = (page, holder) => {
  const item = page.createElement("li")
  if (holder.querySelector("p, ul, ol")) item.append(...holder.childNodes)
  else {
    const paragraph = page.createElement("p")
    paragraph.append(...holder.childNodes)
    item.append(paragraph)
  }
  const first = document.createTreeWalker(item, NodeFilter.SHOW_TEXT).nextNode()
  if (first) first.data = first.data.replace(/^[\s.\])]+/, "")
  return item
}

/** Returns [how many notes stand under the text now, the marks whose notes were not copied]. */
export const gatherFootnotes = (page) => {
  const notes = new Map()
  for (const link of [...page.body.querySelectorAll("a[href*='#']")]) {
    const target = targetOf(page, link)
    const mark = markOf(link)
    if (!target || !MARK.test(mark) || !isBehind(link, target)) continue
    const holder = holderOf(target, link)
    if (!holder) continue
    if (!notes.has(holder)) notes.set(holder, mark)
    replaceMark(link, notes.get(holder))
  }
  const isInNote = (element) =>
    Boolean(element) && (notes.has(element) || isInNote(element.parentElement))
  const lost = [...page.body.querySelectorAll(UNCOPIED)].filter((link) => !isInNote(link))
  const lostMarks = lost.map(markOf).filter(Boolean)
  for (const link of lost) (link.closest("sup") || link).remove()
  if (!notes.size) return [0, lostMarks]
  const inOrder = [...notes].sort(([one], [other]) => (isBehind(one, other) ? -1 : 1))
  const first = Number(inOrder[0][1])
  const isNumbered = inOrder.every(([, mark], index) => Number(mark) === first + index)
  const list = page.createElement(isNumbered ? "ol" : "ul")
  if (isNumbered && first > 1) list.setAttribute("start", first)
  for (const [holder, mark] of inOrder) {
    withoutWayBack(holder, mark)
    const item = itemOf(page, holder)
    if (!isNumbered) item.firstElementChild.prepend(`[${mark}] `)
    list.append(item)
    const around = holder.parentElement
    holder.remove()
    for (const line of around.querySelectorAll(":scope > hr, :scope > br"))
      if (around !== page.body) line.remove()
  }
  page.body.append(list)
  return [notes.size, lostMarks]
}
