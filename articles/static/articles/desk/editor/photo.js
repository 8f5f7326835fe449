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

/** What the editor shows of a photo: {dom, caption (its field), remove (its button)}; `fill` puts the picture in. */
const figureFor = (words) => {
  const caption = make("input", { type: "text", value: words })
  const remove = make("button", { type: "button", textContent: "Remove the photo" })
  const dom = make(
    "figure",
    { className: "part part--photo", contentEditable: "false" },
    make("img", { hidden: true }),
    make("p", { className: "part-words" }),
    make("label", { className: "part-label" }, "Caption in this story ", caption),
    remove,
  )
  dom.setAttribute("role", "group")
  return { dom, caption, remove }
}

const writeCaption = (caption, editor, getPos, attrsNow) => {
  caption.addEventListener("keydown", (event) => {
    if (!["Enter", "Escape"].includes(event.key)) return
    event.preventDefault() // it would send the story's form
    goBehind(editor, getPos())
  })
  caption.addEventListener("input", () => {
    const attributes = { ...attrsNow(), caption: caption.value }
    editor.view.dispatch(editor.state.tr.setNodeMarkup(getPos(), undefined, attributes))
  })
}

/** A photo that was chosen in the library; Django's popup tells its field by jQuery, whose events no other listener hears. */
const takeChoice = (chosen, editor) =>
  window.django.jQuery(chosen).on("change", async () => {
    const [photo] = chosen.value ? await factsOf(`pk=${encodeURIComponent(chosen.value)}`) : []
    chosen.value = ""
    const waits =
      "That photo waits for its description or its credit. Complete it in the library first."
    statusOf(editor).textContent = photo && !photo.isReady ? waits : ""
    if (photo?.isReady) putIn(editor, "photoInText", { photo: photo.hash })
  })

/** Files that are dropped or pasted into the text. */
const takeFiles = (chosen, editor) => {
  const take = (event, files) => {
    if (!files.length) return
    event.preventDefault()
    event.stopImmediatePropagation() // else the editor would try to read the file itself
    const point = { left: event.clientX, top: event.clientY }
    const place = event.type === "drop" && editor.view.posAtCoords(point)
    if (place) editor.commands.setTextSelection(place.pos)
    uploadInto(chosen, files, statusOf(editor))
  }
  const listen = (happening, act) =>
    editor.view.dom.addEventListener(happening, act, { capture: true })
  listen("drop", (event) => take(event, picturesIn(event.dataTransfer)))
  listen("paste", (event) => {
    const hasWords = event.clipboardData?.types.some((type) => type.startsWith("text/"))
    if (!hasWords) take(event, picturesIn(event.clipboardData)) // Word puts a picture of the words beside them
  })
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
      const { dom, caption, remove } = figureFor(node.attrs.caption)
      const { photo: hash } = node.attrs
      let now = node
      writeCaption(caption, editor, getPos, () => now.attrs)
      remove.addEventListener("click", () => {
        const place = getPos()
        const range = { from: place, to: place + now.nodeSize }
        editor.chain().focus().deleteRange(range).run()
      })
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
    const chosen = document.getElementById("id_body_photo")
    if (!chosen) return
    takeChoice(chosen, this.editor)
    takeFiles(chosen, this.editor)
  },
})
