/* Fields that take one photo of the library: what was chosen is seen, and a file may be dropped or pasted onto them. */
import { picturesIn, uploadInto } from "./photo_upload.js"

const { facts, upload } = document.querySelector("[data-facts]")?.dataset || {}

/** The line that names the photo, and the picture: both stand behind the field. */
const addPlaces = (field, row) => {
  const words = document.createElement("p")
  words.id = `${field.id}_words`
  words.className = "photo-chosen-words"
  // Only who works here hears of it: a slot that moves takes its photo along, and says so itself.
  row.addEventListener("focusin", () => words.setAttribute("role", "status"))
  row.addEventListener("focusout", () => words.removeAttribute("role"))
  const image = document.createElement("img")
  image.className = "photo-chosen"
  image.alt = ""
  image.hidden = true
  row.append(image, words)
  return { image, words }
}

const show = async (field, { image, words }) => {
  const chosen = field.value
  const answer = chosen
    ? await fetch(`${facts}?pk=${encodeURIComponent(chosen)}`).catch(() => null)
    : null
  const [photo] = answer?.ok ? (await answer.json()).photos : []
  if (field.value !== chosen) return // another one was chosen meanwhile
  image.hidden = !photo?.src
  if (photo) {
    image.src = photo.src
    words.textContent = `${photo.words.replace(/\.$/, "")}. Credit: ${photo.credit || "none yet"}`
  } else {
    words.textContent = chosen
      ? "There is no such photo."
      : "Choose one, or drop or paste a picture here."
  }
}

const takeFiles = (field, row, words) => {
  for (const happening of ["dragover", "dragenter"])
    row.addEventListener(happening, (event) => event.preventDefault())
  row.addEventListener("drop", (event) => {
    event.preventDefault()
    const files = picturesIn(event.dataTransfer)
    if (files.length) uploadInto(field, files, words)
  })
  row.addEventListener("paste", (event) => {
    const files = picturesIn(event.clipboardData)
    if (files.length) uploadInto(field, files, words)
  })
}

const start = (field, lookup) => {
  const row = field.closest(".form-row, .slot-field")
  lookup.dataset.upload = upload
  lookup.title = "Choose from the library"
  const places = addPlaces(field, row)
  window.django.jQuery(field).on("change", () => show(field, places))
  field.addEventListener("input", () => show(field, places))
  takeFiles(field, row, places.words)
  show(field, places)
}

for (const lookup of facts
  ? document.querySelectorAll("a.related-lookup[href*='/articles/photo/']")
  : []) {
  const field = document.getElementById(lookup.id.replace("lookup_", ""))
  if (field) start(field, lookup)
}
