/* What a look meant: weight, slant, what is struck out, raised or lowered. Under our content policy the browser ignores
style attributes, and complains of each; so they are read from the attribute's text, under another name. */

const TAG = /<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*>/gi
const PLAIN_TAG = /<[a-z][^<>]*>/gi // where a quotation mark has no other
const renameAttributes = (tag) =>
  tag
    .replace(/([\s"'/])style(\s*=)/gi, "$1data-style$2")
    .replace(/([\s"'/])on[a-z]+(\s*=)/gi, "$1data-dropped$2")

/** HTML that can be parsed without a word of the browser, its styles under `data-style`. */
export const withoutStyles = (html) =>
  html
    .replace(/<(\/?)(style|script)\b/gi, "<$1template")
    .replace(/<base\b/gi, "<span")
    .replace(TAG, renameAttributes)
    .replace(PLAIN_TAG, renameAttributes)

export const styleOf = (element) => element.dataset.style || ""

/** What a style says of these properties, in its order and in small letters. An expression that looks for a value behind
a name, over all that may stand between, takes the square of a long style. */
export const declared = (style, ...names) =>
  style.split(";").flatMap((each) => {
    const colon = each.indexOf(":")
    return colon > 0 && names.includes(each.slice(0, colon).trim().toLowerCase())
      ? [
          each
            .slice(colon + 1)
            .trim()
            .toLowerCase(),
        ]
      : []
  })

export const weightOf = (style) => {
  const found = /(?<![\w-])font-weight:\s*(bold|bolder|normal|lighter|\d+)/i.exec(style)
  if (!found) return null
  return found[1] === "bold" || found[1] === "bolder" || Number(found[1]) >= 600 ? "bold" : "normal"
}
export const isSlanted = (style) => /(?<![\w-])font-style:\s*(italic|oblique)/i.test(style)
export const isUpright = (style) => /(?<![\w-])font-style:\s*normal/i.test(style)
const isStruck = (element) =>
  element.matches("s, strike, del, .msoDel") ||
  declared(styleOf(element), "text-decoration", "text-decoration-line").some((value) =>
    value.includes("line-through"),
  )
const isHidden = (element) =>
  element.hidden || /(?<![\w-])display:\s*none|mso-hide:\s*all/i.test(styleOf(element))

/** "sup" or "sub", by tag or by style; "" for words on the line. */
export const raisedOf = (element) => {
  if (element.matches("sup, sub"))
    return /vertical-align:\s*baseline/i.test(styleOf(element)) ? "" : element.localName
  const aligned = /vertical-align:\s*(super|sub)(?![\w-])/i.exec(styleOf(element))
  if (aligned) return aligned[1].toLowerCase() === "super" ? "sup" : "sub"
  const lifted = /mso-text-raise:\s*(-?)[\d.]+/i.exec(styleOf(element)) // Word, by points
  return lifted ? (lifted[1] ? "sub" : "sup") : ""
}

const OTHER_LOOKS =
  /(^|;)\s*(color|background(-color)?|font-family|font-size|text-decoration(-line)?|vertical-align)\s*:/i
const PLAIN_LOOKS = new RegExp(
  [
    String.raw`(color:\s*(#000(000)?|black|windowtext|rgb\(0,\s*0,\s*0\))`,
    String.raw`|text-decoration:\s*none`,
    String.raw`|vertical-align:\s*(baseline|super|sub)`,
    String.raw`|background-color:\s*transparent)\s*(;|$)`,
  ].join(""),
  "gi",
)
export const hasOtherLooks = (page) =>
  [...page.body.querySelectorAll("u, mark:not([data-note]), [data-style], font[color]")].some(
    (element) =>
      /^(U|MARK|FONT)$/.test(element.tagName) ||
      OTHER_LOOKS.test(styleOf(element).replace(PLAIN_LOOKS, "")),
  )

/** Those that match and stand in no other that does; the elements come in the order of the page. */
const outermost = (page, matches) => {
  const found = []
  for (const element of page.body.querySelectorAll("*")) {
    if (!found.at(-1)?.contains(element) && matches(element)) found.push(element)
  }
  return found
}

const areCapitals = (element) => {
  const style = styleOf(element)
  return (
    declared(style, "text-transform").at(-1)?.startsWith("uppercase") ||
    declared(style, "font-variant", "font-variant-caps").some((value) =>
      value.includes("small-caps"),
    )
  )
}

/** Words that only their style wrote in capitals, and that have small letters. */
export const inCapitals = (page) =>
  outermost(page, areCapitals)
    .flatMap((element) => element.textContent.split(/\s+/))
    .filter((word) => word !== word.toUpperCase())

/** Take out what was struck out or hidden, and return its words: [struck, hidden]. */
export const takeOutDead = (page) =>
  [isStruck, isHidden].map((matches) =>
    outermost(page, matches).flatMap((element) => {
      const words = element.textContent.split(/\s+/).filter(Boolean)
      element.remove()
      return words
    }),
  )
