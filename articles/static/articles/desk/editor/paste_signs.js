/* Raised and lowered figures become the signs that are small by themselves, as articles/text/small_signs.py has it. */
import { raisedOf } from "./paste_looks.js"

const FROM = { sup: "0123456789+-−–=()ni", sub: "0123456789+-−–=()" }
const TO = { sup: "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ", sub: "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎" }
const RAISED_WORDS = { TM: "™", SM: "℠" }

export const asSigns = (kind, text) => {
  const typed = text.trim()
  if (!typed) return text
  if (kind === "sup" && RAISED_WORDS[typed]) return RAISED_WORDS[typed]
  if ([...typed].every((sign) => FROM[kind].includes(sign))) {
    return text.replace(
      typed,
      [...typed].map((sign) => [...TO[kind]][FROM[kind].indexOf(sign)]).join(""),
    )
  }
  return kind === "sup" && /^\d/.test(typed) ? text.replace(typed, `^${typed}`) : text
}

const wordsIn = (element) => {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  const found = []
  while (walker.nextNode()) found.push(walker.currentNode)
  return found
}

/** Returns the words that could not be small, as they stand now. */
export const makeSigns = (page) => {
  const onTheLine = []
  for (const element of page.body.querySelectorAll("sup, sub, [data-style]")) {
    const kind = raisedOf(element)
    if (!kind || element.parentElement.closest("[data-raised]")) continue
    element.dataset.raised = kind
    for (const node of wordsIn(element)) {
      const before = node.data
      node.data = asSigns(kind, before)
      const isQuiet =
        /^\s*\[.*\]\s*$/.test(before) ||
        (/^\s*[-\p{L}]+\s*$/u.test(before) &&
          /\d\s*$/.test(element.previousSibling?.textContent ?? ""))
      if (before.trim() && !isQuiet && (node.data === before || node.data.startsWith("^")))
        onTheLine.push(node.data.trim())
    }
  }
  return onTheLine
}
