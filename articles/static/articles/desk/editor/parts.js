/* What photos, link cards and the editor's other parts share: putting one in, going on behind it, saying what happened. */
import { pm } from "django-prose-editor/editor"

const { NodeSelection, TextSelection } = pm.state

/** The caret stands behind the part at `place`, in a paragraph that is made when there is none. */
export const goBehind = (editor, place) => {
  const { state, view } = editor
  const end = place + state.doc.nodeAt(place).nodeSize
  const change = state.tr
  if (!state.doc.resolve(end).nodeAfter?.isTextblock)
    change.insert(end, state.schema.nodes.paragraph.create())
  view.dispatch(change.setSelection(TextSelection.create(change.doc, end + 1)).scrollIntoView())
  view.focus()
}

/** Put a part in where the caret stands, and let the next key write behind it. */
export const putIn = (editor, type, attrs) => {
  editor.chain().focus().insertContent({ type, attrs }).run()
  const { selection } = editor.state
  if (selection instanceof NodeSelection) goBehind(editor, selection.from)
}

/** Backspace or Delete beside a part chooses it; the next press takes it away. */
const chooseBeside = (editor, isBackwards) => {
  const { doc, selection } = editor.state
  const { $from } = selection
  if (!(selection instanceof TextSelection) || !selection.empty) return false
  if ($from.parentOffset !== (isBackwards ? 0 : $from.parent.content.size)) return false
  const cut = isBackwards ? $from.before() : $from.after()
  const beside = isBackwards ? doc.resolve(cut).nodeBefore : doc.resolve(cut).nodeAfter
  if (!["photoInText", "embed"].includes(beside?.type.name)) return false
  return editor.commands.setNodeSelection(isBackwards ? cut - beside.nodeSize : cut)
}

export const choosingKeys = (editor) => ({
  Backspace: () => chooseBeside(editor, true),
  Delete: () => chooseBeside(editor, false),
})

/** The line under the toolbar that says what a paste left out, how far an upload is, what was changed. */
export const statusOf = (editor) => {
  const made = editor.view.dom.parentElement.querySelector(".editor-status")
  if (made) return made
  const line = document.createElement("p")
  line.className = "editor-status"
  line.setAttribute("role", "status")
  editor.view.dom.before(line)
  return line
}
