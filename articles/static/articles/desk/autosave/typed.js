/* The form as text, without what nobody typed: two equal forms are two equal texts. */
import { form } from "./form.js"

const NOT_TYPED = [
  "csrfmiddlewaretoken",
  "writer",
  "key",
  "base_version",
  "turn",
  "tags_typed",
  "related_typed",
]
const EMPTY = "<p></p>"

const withoutEmptyEnd = (html) => {
  let rest = html
  while (rest.endsWith(EMPTY)) rest = rest.slice(0, -EMPTY.length).trimEnd()
  return rest
}

let readDoc = null
let readBody = ""
/** The text as it will be stored. The editor opens a place to go on writing behind a list or a photo, and writes the
whole text down anew when it does: neither is a person's typing, so not its field but its document is read. */
const bodyNow = () => {
  const editor = form.querySelector(".field-body .ProseMirror[contenteditable]")?.editor
  if (!editor) return form.elements.body?.value ?? ""
  if (editor.state.doc !== readDoc) {
    readDoc = editor.state.doc
    readBody = withoutEmptyEnd(editor.getHTML())
  }
  return readBody
}

/** The form as text. */
export const typed = () =>
  JSON.stringify(
    [...new FormData(form)]
      .filter(([name, value]) => typeof value === "string" && !NOT_TYPED.includes(name))
      .map(([name, value]) => [name, name === "body" ? bodyNow() : value]),
  )

/** A form as text, with the text that stands in the editor now. */
export const withBodyNow = (text) =>
  text &&
  JSON.stringify(
    JSON.parse(text).map(([name, value]) => [name, name === "body" ? bodyNow() : value]),
  )
