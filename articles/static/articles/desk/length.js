/* How long the story is, as it is typed: words, minutes of reading, and the headline against what search pages print. */
import { readingMinutes, signsOf, wordCount } from "./word_count.js"

const box = document.getElementById("length")
const headline = document.getElementById("id_headline")
const HEADLINE = 70 // characters
const PAUSE = 400 // milliseconds without a key

const textOf = (doc) => {
  const parts = []
  doc.descendants((node) => {
    if (node.isText && !node.marks.some((mark) => mark.type.name === "deskNote"))
      parts.push(node.text)
    if (node.isBlock) parts.push("\n")
  })
  return parts.join("")
}

const start = (editor) => {
  let waiting = 0
  const show = () => {
    const words = wordCount(textOf(editor.state.doc))
    const minutes = readingMinutes(words)
    const signs = headline ? signsOf(headline.value) : 0
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
  show()
}

if (box) document.addEventListener("prose-editor:ready", (event) => start(event.detail.editor))
