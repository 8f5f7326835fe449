/* How long the story is, as it is typed: words, minutes of reading, and the headline against what search pages print. */

const box = document.getElementById("length")
const headline = document.getElementById("id_headline")
const language = document.getElementById("id_language")
const HEADLINE = 70 // characters
const PAUSE = 400 // milliseconds without a key

const wordsOf = (text) => {
  try {
    const segments = new Intl.Segmenter(language?.value || undefined, { granularity: "word" }).segment(text)
    let count = 0
    for (const segment of segments) if (segment.isWordLike) count += 1
    return count
  } catch {
    return text.split(/\s+/).filter(Boolean).length
  }
}

const textOf = (doc) => {
  const parts = []
  doc.descendants((node) => {
    if (node.isText && !node.marks.some((mark) => mark.type.name === "deskNote")) parts.push(node.text)
    if (node.isBlock) parts.push("\n")
  })
  return parts.join("")
}

const start = (editor) => {
  let waiting = 0
  const show = () => {
    const words = wordsOf(textOf(editor.state.doc))
    const minutes = Math.max(1, Math.round(words / (/^en/i.test(language?.value || "en") ? 238 : 200)))
    const signs = headline ? [...headline.value.trim()].length : 0
    const over = signs > HEADLINE ? `, ${signs - HEADLINE} too many for search pages` : ""
    const told = `${words} ${words === 1 ? "word" : "words"}, ${minutes} min. Headline: ${signs} of about ${HEADLINE} characters${over}.`
    if (box.textContent !== told) box.textContent = told
  }
  const soon = () => {
    clearTimeout(waiting)
    waiting = setTimeout(show, PAUSE)
  }
  editor.on("update", soon)
  headline?.addEventListener("input", soon)
  language?.addEventListener("change", soon)
  show()
}

if (box) document.addEventListener("prose-editor:ready", (event) => start(event.detail.editor))
