/* What no text can hold is taken out, and named: pictures, films, comments, fields of forms. */

const DROPPED = {
  picture: "img, picture, svg, canvas, v\\:imagedata",
  "film, sound or frame": "video, audio, iframe, object, embed",
  comment: ".MsoCommentText, [id^=_com_], .comment-id-reference",
  "form field": "input, textarea, select, button",
}
const SILENTLY = "style, script, meta, link, head, title, template, noscript, colgroup, col"

/** An emoji that is drawn as a picture is a sign. */
const makeEmoji = (page) => {
  for (const image of [...page.body.querySelectorAll("img[alt]")]) {
    if (/^\p{Extended_Pictographic}/u.test(image.alt) && image.alt.length < 12)
      image.replaceWith(image.alt)
  }
}

const takeOutRemarks = (page) => {
  const remarks = page.createTreeWalker(page.body, NodeFilter.SHOW_COMMENT)
  const all = []
  while (remarks.nextNode()) all.push(remarks.currentNode)
  for (const remark of all) remark.remove()
}

/** "2 pictures (“A harbour”)": how many there were, and the words of those that have some. */
const named = (found, words) => {
  const names = found
    .map((each) => (each.matches("img") ? each : each.querySelector("img"))?.alt?.trim())
    .filter(Boolean)
  const several = `${found.length} ${words}${found.length > 1 ? "s" : ""}`.replace(
    "frames",
    "frame",
  )
  if (!names.length) return several
  const quotations = names.slice(0, 5).map((name) => `“${name.slice(0, 60)}”`)
  return `${several} (${quotations.join(", ")})`
}

/** `left`: a list that gets what was left out, in words. */
export const takeOutThings = (page, left) => {
  makeEmoji(page)
  for (const [words, selector] of Object.entries(DROPPED)) {
    const found = [...page.body.querySelectorAll(selector)].filter(
      (each) => !each.parentElement.closest(selector),
    )
    if (found.length) left.push(named(found, words))
    for (const element of found) element.remove()
  }
  for (const element of page.querySelectorAll(SILENTLY)) element.remove()
  takeOutRemarks(page)
}
