/* Bring picture files into the library, one after another, and say how far each has come. */

/** The pictures among what was dropped or pasted; some systems know no type for a HEIC file. */
export const picturesIn = (transfer) =>
  [...(transfer?.files || [])].filter(
    (file) => file.type.startsWith("image/") || /\.hei[cf]$/i.test(file.name),
  )

/** The library's answer for one file: {name, trouble, notice, pk, words, src, form, isReady}. `onProgress` gets 0 to 1. */
export const upload = (address, file, onProgress = () => {}) =>
  new Promise((resolve) => {
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
        const why = request.status
          ? "The desk did not take it. Your login may have ended."
          : "No connection."
        resolve({ name: file.name, trouble: why })
      }
    })
    request.send(data)
  })

/** For a story's form: upload the first of `files` into `field`. `status` says how far it is; what only people know
about the picture is asked in the popup of Django's field, which opens by a press of its own: browsers block others. */
export const uploadInto = async (field, files, status) => {
  const lookup = document.getElementById(`lookup_${field.id}`)
  const progress = (part) => {
    status.textContent = `Uploading ${files[0].name}: ${Math.round(part * 100)} %`
  }
  progress(0)
  const told = await upload(lookup.dataset.upload, files[0], progress)
  const more = files.length > 1 ? " Only the first of the files was taken." : ""
  if (!told.pk) {
    status.textContent = `${told.name}: ${told.trouble}${more}`
    return
  }
  const taken = told.trouble || `${told.name} is in the library.`
  status.textContent = [taken, told.notice, more].filter(Boolean).join(" ")
  if (told.isReady) {
    field.value = told.pk
    window.django.jQuery(field).trigger("change")
    return
  }
  const form = lookup.cloneNode() // the same popup, at the short form of the new photo
  form.href = `${told.form}?_popup=1`
  const button = document.createElement("button")
  button.type = "button"
  button.textContent = "Describe it and put it in"
  button.addEventListener("click", () => window.showRelatedObjectLookupPopup(form))
  status.append(" ", button)
}
