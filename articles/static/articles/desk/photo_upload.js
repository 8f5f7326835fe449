/* Bring picture files into the library, one after another, and say how far each has come. */

export const picturesIn = (transfer) => [...(transfer?.files || [])].filter((file) => file.type.startsWith("image/"))

/** The library's answer for one file: {name, trouble, pk, words, src, form, isReady}. `onProgress` gets 0 to 1. */
export const upload = (address, file, onProgress = () => {}) => new Promise((resolve) => {
  const request = new XMLHttpRequest()
  const data = new FormData()
  data.set("csrfmiddlewaretoken", document.querySelector("input[name=csrfmiddlewaretoken]").value)
  data.set("file", file, file.name)
  request.open("POST", address)
  request.setRequestHeader("Accept", "application/json")
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) onProgress(event.loaded / event.total)
  })
  request.addEventListener("loadend", () => {
    try {
      resolve(JSON.parse(request.responseText))
    } catch {
      const why = request.status ? "The desk did not take it. Your login may have ended." : "No connection."
      resolve({ name: file.name, trouble: why })
    }
  })
  request.send(data)
})

/** For a story's form: upload the first of `files`, then let the popup of Django's field ask what only people know. */
export const uploadInto = async (field, files) => {
  const lookup = document.getElementById(`lookup_${field.id}`)
  const place = document.getElementById("photo-words")
  const say = (words) => { if (place) place.textContent = words }
  const progress = (part) => say(`Uploading ${files[0].name}: ${Math.round(part * 100)} %`)
  progress(0)
  const told = await upload(place.dataset.upload, files[0], progress)
  if (!told.pk) {
    say(`${told.name}: ${told.trouble}`)
    return
  }
  const more = files.length > 1 ? " Only the first of the files was taken." : ""
  say(`${told.trouble || `${told.name} is in the library.`}${told.isReady ? "" : " It waits for its description or its credit."}${more}`)
  if (told.isReady) {
    field.value = told.pk
    window.django.jQuery(field).trigger("change")
    return
  }
  const form = lookup.cloneNode() // the same popup, at the short form of the new photo
  form.id = lookup.id
  form.href = `${told.form}?_popup=1`
  window.showRelatedObjectLookupPopup(form)
}
