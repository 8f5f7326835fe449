/* The story's lead photo: what was chosen is seen, and a file may be dropped or pasted onto the field. */
import { picturesIn, uploadInto } from "./photo_upload.js"

const field = document.getElementById("id_lead_photo")
const { facts, upload } = document.getElementById("lookup_id_body_photo")?.dataset || {}

const start = () => {
  const row = field.closest(".form-row")
  const words = document.createElement("p")
  words.id = "photo-words"
  words.className = "photo-chosen-words"
  document.getElementById("lookup_id_lead_photo").dataset.upload = upload
  words.setAttribute("role", "status")
  const image = document.createElement("img")
  image.className = "photo-chosen"
  image.alt = ""
  image.hidden = true
  row.append(image, words)

  const show = async () => {
    const chosen = field.value
    const answer = chosen ? await fetch(`${facts}?pk=${encodeURIComponent(chosen)}`).catch(() => null) : null
    const [photo] = answer?.ok ? (await answer.json()).photos : []
    image.hidden = !photo?.src
    if (photo) {
      image.src = photo.src
      words.textContent = `${photo.words.replace(/\.$/, "")}. Credit: ${photo.credit || "none yet"}`
    } else {
      words.textContent = chosen ? "There is no such photo." : "Choose one, or drop or paste a picture here."
    }
  }
  window.django.jQuery(field).on("change", show)
  field.addEventListener("input", show)
  for (const happening of ["dragover", "dragenter"]) row.addEventListener(happening, (event) => event.preventDefault())
  row.addEventListener("drop", (event) => {
    event.preventDefault()
    const files = picturesIn(event.dataTransfer)
    if (files.length) uploadInto(field, files, words)
  })
  row.addEventListener("paste", (event) => {
    const files = picturesIn(event.clipboardData)
    if (files.length) uploadInto(field, files, words)
  })
  show()
}

if (field && facts) start()
