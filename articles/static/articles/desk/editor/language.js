/* The text in the story's language: spell-check, and the Uzbek apostrophes.

Keyboards give ' ‘ ’ ` for two different letters: oʻ and gʻ take U+02BB, the glottal mark is U+02BC. They are fixed
only when somebody asks for it, and a quotation mark is left what it is. */
import { Extension } from "django-prose-editor/editor"
import { statusOf } from "./parts.js"

const TYPED = "'‘’`´ʻʼ"
const TURNED = "\u02bb"
const GLOTTAL = "\u02bc"
// After o or g inside a word, and after g at its end (togʻ); any other between two letters is the glottal mark.
const TURNED_PLACE = new RegExp(
  `(?<=[oOgG])[${TYPED}](?=\\p{L})|(?<=\\p{L}[gG])[${TYPED}](?!\\p{L})`,
  "gu",
)
const GLOTTAL_PLACE = new RegExp(`(?<=\\p{L})(?<![oOgG])[${TYPED}](?=\\p{L})`, "gu")

export const fixApostrophes = (text) => {
  const opensQuote = (before) => /(^|[\s(])['‘`][^'’`]*$/u.test(before) // then the mark at a word's end closes it
  return text
    .replace(TURNED_PLACE, (mark, index) =>
      /\p{L}/u.test(text[index + 1] ?? "") || !opensQuote(text.slice(0, index)) ? TURNED : mark,
    )
    .replace(GLOTTAL_PLACE, GLOTTAL)
}

const languageField = () => document.getElementById("id_language")

export const StoryLanguage = Extension.create({
  name: "storyLanguage",
  onCreate() {
    const { dom } = this.editor.view
    const follow = () => {
      const language = languageField()?.value.trim()
      dom.spellcheck = true
      if (language) dom.lang = language
    }
    languageField()?.addEventListener("change", () => {
      follow()
      this.editor.view.dispatch(this.editor.state.tr) // the menu follows
    })
    follow()
  },
  addCommands() {
    return {
      fixApostrophes:
        () =>
        ({ editor, state, tr, dispatch }) => {
          let count = 0
          state.doc.descendants((node, position) => {
            if (!node.isTextblock) return
            const typed = node.textBetween(0, node.content.size, undefined, "\ufffc")
            const fixed = fixApostrophes(typed) // letter for letter: no place moves
            for (let index = 0; index < fixed.length; index += 1) {
              if (fixed[index] === typed[index]) continue
              const marks = node.nodeAt(index).marks
              tr.replaceWith(
                position + 1 + index,
                position + 2 + index,
                state.schema.text(fixed[index], marks),
              )
              count += 1
            }
          })
          if (dispatch)
            statusOf(editor).textContent =
              count === 1 ? "1 apostrophe fixed." : `${count} apostrophes fixed.`
          return count > 0
        },
    }
  },
  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "fixApostrophes",
      groups: "words",
      priority: 110,
      button: buttons.text(
        "Fix apostrophes",
        "Fix apostrophes: oʻ, gʻ and the glottal mark as Uzbek writes them",
      ),
      hidden: () => !/^uz/i.test(languageField()?.value || ""),
      command: (editor) => editor.chain().focus().fixApostrophes().run(),
    })
  },
})
