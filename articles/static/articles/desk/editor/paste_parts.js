/* Parts of a story in what is pasted: those of the editor pass, those of our own pages become the editor's again. */
import { KEPT, renamed, unwrap } from "./paste_elements.js"
import { counted } from "./paste_words.js"

// Parts of a story: {how its HTML is known: [the editor's name for it, ours]}
const PARTS = {
  "figure[data-photo]": ["photoInText", "photo"],
  "figure[data-embed]": ["embed", "link card"],
  "blockquote[data-pull-quote]": ["pullQuote", "pull quote"],
  "aside[data-fact-box]": ["factBox", "fact box"],
  "mark[data-note]": ["deskNote", "note for colleagues"],
}
const PART = Object.keys(PARTS).join(", ")
const WITH_THEIR_WORDS = new Set(["photoInText", "deskNote"]) // a note never becomes text

export const isPart = (element) =>
  element.matches(PART) ||
  (element.matches("figcaption, a") && element.closest("figure[data-photo], figure[data-embed]"))

export const isOurs = (page) =>
  [...page.body.querySelectorAll("*")].every(
    (element) => KEPT.has(element.tagName) || isPart(element) || element.matches("meta"),
  )

/** A page of ours, as readers see it: its boxes are the editor's again. */
export const readOurOwnPages = (page) => {
  for (const quote of [...page.body.querySelectorAll("blockquote.pull-quote")])
    renamed(quote, "blockquote", { "data-pull-quote": "" })
  for (const box of [...page.body.querySelectorAll(".fact-box[role=group]")])
    renamed(box, "aside", { "data-fact-box": "" })
  for (const card of [...page.body.querySelectorAll("figure.embed")]) {
    const link = [...card.querySelectorAll("a[href]")].at(-1)
    if (!link || !card.querySelector(".embed-from")) continue
    link.removeAttribute("rel")
    card.replaceChildren(link)
    renamed(card, "figure", { "data-embed": "" })
  }
  for (const caption of page.body.querySelectorAll("figure.photo > figcaption")) caption.remove() // the library has it
}

/** Parts that this editor does not have: the outlet's own pages know no photos and no notes. */
export const takeOutParts = (page, schema, left) => {
  for (const [selector, [name, words]] of Object.entries(PARTS)) {
    if (!schema || schema.nodes[name] || schema.marks[name]) continue
    const found = [...page.body.querySelectorAll(selector)]
    if (found.length) left.push(counted(found.length, words))
    for (const element of found) WITH_THEIR_WORDS.has(name) ? element.remove() : unwrap(element)
  }
}
