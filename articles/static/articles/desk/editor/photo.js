/* A photo of the library in the text: an atom that names it, with the caption it has in this story.

Chosen in Django's own popup of the library, or dropped or pasted as a file. What readers get is made by the server. */
import { Node } from "django-prose-editor/editor"
import { picturesIn, uploadInto } from "../photo_upload.js"
import { choosingKeys, goBehind, putIn, statusOf } from "./parts.js"

const LOOKUP = "lookup_id_body_photo" // the link that opens the library: _body_photo.html

const known = new Map() // hash → facts, as the library told them
const factsOf = async (query) => {
  const box = document.getElementById(LOOKUP)
  const answer = await fetch(`${box.dataset.facts}?${query}`).catch(() => null)
  const told = answer?.ok ? await answer.json() : { photos: [] }
  for (const photo of told.photos) known.set(photo.hash, photo)
  return told.photos
}

const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name)
  Object.assign(element, attributes)
  element.append(...children)
  return element
}

const fill = (figure, photo) => {
  const [image, words] = figure.children
  if (!photo) {
    words.textContent = "This photo is not in the library."
    return
  }
  image.src = photo.src
  image.alt = photo.words
  image.hidden = !photo.src
  words.textContent = `${photo.words.replace(/\.$/, "")}. ${photo.credit ? `Credit: ${photo.credit}` : "No credit yet."}`
  figure.setAttribute("aria-label", `Photo: ${photo.words}`)
  figure.querySelector("input").placeholder = photo.caption || "It has no caption of its own"
}

export const PhotoInText = Node.create({
  name: "photoInText",
  group: "block",
  atom: true,
  draggable: true,

  addAttributes() {
    return {
      photo: { default: "", parseHTML: (figure) => figure.dataset.photo, renderHTML: () => ({}) },
      caption: {
        default: "",
        parseHTML: (figure) => {
          const words = figure.querySelector("figcaption")?.cloneNode(true)
          for (const note of words?.querySelectorAll("mark") || []) note.remove() // a note never becomes a caption
          return words?.textContent.trim() || ""
        },
        renderHTML: () => ({}),
      },
    }
  },
  parseHTML: () => [{ tag: "figure[data-photo]" }],
  renderHTML({ node }) {
    const { photo, caption } = node.attrs
    return ["figure", { "data-photo": photo }, ...(caption ? [["figcaption", {}, caption]] : [])]
  },

  addNodeView() {
    return ({ node, editor, getPos }) => {
      const image = make("img", { hidden: true })
      const words = make("p", { className: "part-words" })
      const caption = make("input", { type: "text", value: node.attrs.caption })
      const label = make("label", { className: "part-label" }, "Caption in this story ", caption)
      const remove = make("button", { type: "button", textContent: "Remove the photo" })
      const dom = make(
        "figure",
        { className: "part part--photo", contentEditable: "false" },
        image,
        words,
        label,
        remove,
      )
      dom.setAttribute("role", "group")
      let now = node
      caption.addEventListener("keydown", (event) => {
        if (!["Enter", "Escape"].includes(event.key)) return
        event.preventDefault() // it would send the story's form
        goBehind(editor, getPos())
      })
      caption.addEventListener("input", () => {
        const attributes = { ...now.attrs, caption: caption.value }
        editor.view.dispatch(editor.state.tr.setNodeMarkup(getPos(), undefined, attributes))
      })
      remove.addEventListener("click", () => {
        editor
          .chain()
          .focus()
          .deleteRange({ from: getPos(), to: getPos() + now.nodeSize })
          .run()
      })
      const hash = node.attrs.photo
      if (known.has(hash)) fill(dom, known.get(hash))
      else factsOf(`hash=${hash}`).then(() => fill(dom, known.get(hash)))
      return {
        dom,
        update: (next) => {
          if (next.type !== now.type || next.attrs.photo !== hash) return false
          now = next
          if (caption.value !== next.attrs.caption) caption.value = next.attrs.caption
          return true
        },
        stopEvent: (event) => event.target === caption || event.target === remove,
        ignoreMutation: () => true,
      }
    }
  },

  addKeyboardShortcuts() {
    return choosingKeys(this.editor)
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "photoInText",
      groups: "insert",
      priority: 190,
      button: buttons.text("Photo", "Photo: put one of the library here"),
      command: () => window.showRelatedObjectLookupPopup(document.getElementById(LOOKUP)),
    })
  },

  onCreate() {
    const { editor } = this
    const chosen = document.getElementById("id_body_photo")
    if (!chosen) return
    // Django's popup tells its field by jQuery, whose events no other listener hears.
    window.django.jQuery(chosen).on("change", async () => {
      const [photo] = chosen.value ? await factsOf(`pk=${encodeURIComponent(chosen.value)}`) : []
      chosen.value = ""
      const waits =
        "That photo waits for its description or its credit. Complete it in the library first."
      statusOf(editor).textContent = photo && !photo.isReady ? waits : ""
      if (photo?.isReady) putIn(editor, "photoInText", { photo: photo.hash })
    })
    const take = (event, files) => {
      if (!files.length) return
      event.preventDefault()
      event.stopImmediatePropagation() // else the editor would try to read the file itself
      const place =
        event.type === "drop" &&
        editor.view.posAtCoords({ left: event.clientX, top: event.clientY })
      if (place) editor.commands.setTextSelection(place.pos)
      uploadInto(chosen, files, statusOf(editor))
    }
    editor.view.dom.addEventListener(
      "drop",
      (event) => take(event, picturesIn(event.dataTransfer)),
      { capture: true },
    )
    editor.view.dom.addEventListener(
      "paste",
      (event) => {
        const hasWords = event.clipboardData?.types.some((type) => type.startsWith("text/"))
        if (!hasWords) take(event, picturesIn(event.clipboardData)) // Word puts a picture of the words beside them
      },
      { capture: true },
    )
  },
})
