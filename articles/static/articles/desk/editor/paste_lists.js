/* Lists as programs paste them: Word's paragraphs that say their level in a style, numbers that go on behind a paragraph,
letters and Roman numbers, lists in lists that stand beside their item. */
import { declared, styleOf } from "./paste_looks.js"

const TYPES = {
  "lower-alpha": "a",
  "lower-latin": "a",
  "upper-alpha": "A",
  "upper-latin": "A",
  "lower-roman": "i",
  "upper-roman": "I",
  "alpha-lower": "a",
  "alpha-upper": "A",
  "roman-lower": "i",
  "roman-upper": "I",
}
const LONGEST_MARK = 100 // characters, blanks among them
const ROMAN = { i: 1, v: 5, x: 10, l: 50, c: 100, d: 500, m: 1000 }

const fromRoman = (text) =>
  [...text.toLowerCase()].reduce(
    (sum, sign, index, all) =>
      sum + (ROMAN[sign] < (ROMAN[all[index + 1]] || 0) ? -1 : 1) * ROMAN[sign],
    0,
  )
const fromLetters = (text) =>
  [...text.toLowerCase()].reduce((sum, sign) => sum * 26 + sign.charCodeAt(0) - 96, 0)

/** How a list counts that begins with this mark ("3.", "c)", "iv."): {name, type, start}. `format`: what Word says. */
const countingOf = (mark, format) => {
  if (mark.length > LONGEST_MARK) return { name: "ul" }
  const found = /((?<!\d)\d+|[a-z]{1,5})\s*(?:[.)]\s*)?$/i.exec(mark.trim())
  if (
    format === "bullet" ||
    !found ||
    !(/^\s*\(?[\da-z.]+[.)]\s*$/i.test(mark) || /^\s*\d+\s*$/.test(mark))
  )
    return { name: "ul" }
  const [, sign] = found
  if (/^\d/.test(sign)) return { name: "ol", type: "", start: Number(sign) }
  const isUpper = sign === sign.toUpperCase()
  const isRoman = format
    ? /roman/.test(format)
    : /^[ivxlcdm]+$/i.test(sign) && (sign.length > 1 || /^i$/i.test(sign))
  const type = isRoman ? "i" : "a"
  return {
    name: "ol",
    type: isUpper ? type.toUpperCase() : type,
    start: isRoman ? fromRoman(sign) : fromLetters(sign),
  }
}

const makeList = (page, { name, type, start }) => {
  const list = page.createElement(name)
  if (name === "ol" && type) list.type = type
  if (name === "ol" && start > 1) list.setAttribute("start", start)
  return list
}

/** How the lists of Word count, from its style rules: {"l0 1": "decimal"}, a list and a level. */
const formatsOfWord = (html) => {
  const formats = {}
  for (const [, list, level, rules] of html.matchAll(
    /@list\s+(l\d+):level(\d)[^{}@]*\{([^{}@]*)\}/g,
  )) {
    formats[`${list} ${level}`] =
      /mso-level-number-format:\s*([\w-]+)/.exec(rules)?.[1] || "decimal"
  }
  return formats
}

const makeWordLists = (page, html) => {
  const formats = formatsOfWord(html)
  let open = [] // the lists that are open, outermost first
  let last = null // a list goes on only when nothing stands between
  for (const paragraph of [...page.body.querySelectorAll("p, h1, h2, h3")]) {
    const said =
      declared(styleOf(paragraph), "mso-list").find((value) => /level\d/.test(value)) || ""
    const list = /^l\d+/.exec(said)?.[0]
    const level = /level(\d)/.exec(said)?.[1]
    if (!level) continue
    const isIgnored = (span) =>
      declared(styleOf(span), "mso-list").some((value) => value.startsWith("ignore"))
    const bullet = [...paragraph.querySelectorAll("span")].find(isIgnored)
    const counting = countingOf(bullet?.textContent || "", formats[`${list} ${level}`])
    bullet?.remove()
    if (!last || paragraph.previousElementSibling !== last) open = []
    open = open.slice(0, level)
    if (open[level - 1] && open[level - 1].localName !== counting.name)
      open = open.slice(0, level - 1)
    while (open.length < level) {
      const made = makeList(page, counting)
      const parent = open.at(-1)
      if (parent)
        (parent.lastElementChild || parent.appendChild(page.createElement("li"))).append(made)
      else paragraph.before(made)
      open.push(made)
    }
    const item = page.createElement("li")
    item.append(paragraph) // it leaves its place, so that the next one follows the list
    open.at(-1).append(item)
    last = open[0]
  }
}

const typeOf = (list) => {
  if (/^[aAiI]$/.test(list.getAttribute("type") || "")) return list.getAttribute("type")
  const style = [list, list.querySelector(":scope > li")]
    .map((each) => each && styleOf(each))
    .join(";")
  return TYPES[/list-style(?:-type)?:\s*([\w-]+)/i.exec(style)?.[1]] || ""
}
const startOf = (list) => Number.parseInt(list.getAttribute("start") ?? "1", 10)
const itemsOf = (list) => [...list.children].filter((each) => each.localName === "li")

/** Numbers that jump (a `value`, a list that counts down) begin a list of their own. */
const splitAtJumps = (list) => {
  const items = itemsOf(list)
  const step = list.hasAttribute("reversed") ? -1 : 1
  let number =
    list.hasAttribute("reversed") && !list.hasAttribute("start") ? items.length : startOf(list)
  let open = list
  let follows = number
  for (const [index, item] of items.entries()) {
    number = Number.parseInt(item.getAttribute("value") ?? number, 10)
    if (index === 0) list.setAttribute("start", number)
    else if (number !== follows) {
      const next = makeList(list.ownerDocument, {
        name: "ol",
        type: list.getAttribute("type"),
        start: number,
      })
      open.after(next)
      open = next
    }
    if (open !== list) open.append(item)
    follows = number + 1
    number += step
  }
}

const isOfWordOnline = (list) => Boolean(list.closest(".ListContainerWrapper, [class*=SCXW]"))
const levelOf = (list) => {
  const item = list.firstElementChild
  return Number.parseInt(
    item?.getAttribute("data-aria-level") || item?.getAttribute("aria-level") || "1",
    10,
  )
}
const listIn = (item) =>
  [...(item?.children ?? [])].reverse().find((each) => /^[uo]l$/.test(each.localName))

/** … and says in the item how deep it stands: below the last item of the list before, as deep as there are items. */
const nestByLevel = (list) => {
  const before = list.previousElementSibling
  if (
    !before ||
    !/^[uo]l$/.test(before.localName) ||
    !isOfWordOnline(list) ||
    levelOf(list) <= levelOf(before)
  )
    return
  let host = before
  for (
    let level = levelOf(before) + 1;
    level < levelOf(list) && listIn(host.lastElementChild);
    level += 1
  ) {
    host = listIn(host.lastElementChild)
  }
  const item = host.lastElementChild
  const inner = listIn(item)
  if (inner?.localName === list.localName) {
    inner.append(...list.children)
    list.remove()
  } else item?.append(list)
}

/** Word on the web gives each item a list of its own. */
const joinNeighbours = (list) => {
  const before = list.previousElementSibling
  if (
    !before ||
    before.localName !== list.localName ||
    (list.previousSibling?.textContent.trim() && list.previousSibling !== before)
  )
    return
  if (
    !isOfWordOnline(list) ||
    (list.localName === "ol" && startOf(list) !== startOf(before) + itemsOf(before).length)
  )
    return
  before.append(...list.children)
  list.remove()
}

export const makeLists = (page, html) => {
  for (const wrapper of page.body.querySelectorAll(".ListContainerWrapper"))
    wrapper.replaceWith(...wrapper.childNodes)
  makeWordLists(page, html)
  for (const inner of page.body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")) {
    const item = inner.previousElementSibling
    if (item?.localName === "li") item.append(inner)
  }
  for (const list of [...page.body.querySelectorAll("ol")]) {
    const type = typeOf(list)
    list.removeAttribute("type")
    if (type) list.setAttribute("type", type)
  }
  for (const list of [...page.body.querySelectorAll("ul, ol")]) {
    nestByLevel(list)
    joinNeighbours(list)
  }
  for (const list of [...page.body.querySelectorAll("ol")]) splitAtJumps(list)
  for (const list of page.body.querySelectorAll("ol")) {
    const start = startOf(list)
    list.removeAttribute("start")
    if (Number.isInteger(start) && start >= 0 && start !== 1 && start < 10000)
      list.setAttribute("start", start)
  }
}
