/* A note for colleagues inside the text. The server never prints one, and no story with one goes out. */
import { Mark, pm } from "django-prose-editor/editor"

export const DeskNote = Mark.create({
  name: "deskNote",
  inclusive: false,
  parseHTML: () => [{ tag: "mark[data-note]" }],
  renderHTML: () => ["mark", { "data-note": "", title: "A note: readers never see it" }, 0],
  addCommands() {
    return {
      // One types on behind the note: its words are somebody's text and no place to write over.
      toggleNote:
        () =>
        ({ chain }) =>
          chain()
            .extendMarkRange(this.name)
            .toggleMark(this.name)
            .command(({ tr }) => {
              tr.setSelection(
                pm.state.TextSelection.create(tr.doc, tr.selection.to),
              ).removeStoredMark(this.type)
              return true
            })
            .run(),
    }
  },
  addKeyboardShortcuts() {
    return { "Mod-Alt-m": () => this.editor.commands.toggleNote() }
  },
  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: this.name,
      groups: "insert",
      priority: 140,
      button: buttons.text("Note", "Note: words that readers never see"),
      active: (editor) => editor.isActive("deskNote"),
      enabled: (editor) => editor.isActive("deskNote") || !editor.state.selection.empty,
      command: (editor) => editor.chain().focus().toggleNote().run(),
    })
  },
})
