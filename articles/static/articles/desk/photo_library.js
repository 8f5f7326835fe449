/* The library's own upload: drop, paste or choose pictures anywhere on its pages; each tells how far it has come. */
import { picturesIn, upload } from "./photo_upload.js"

const zone = document.getElementById("drop-photos")

const row = (file) => {
  const item = document.createElement("li")
  const words = document.createElement("span")
  words.textContent = file.name
  const bar = document.createElement("progress")
  bar.max = 1
  bar.value = 0
  bar.setAttribute("aria-label", `Upload of ${file.name}`)
  item.append(words, " ", bar)
  return { item, words, bar }
}

const linkTo = (address, words) => {
  const link = document.createElement("a")
  link.href = address
  link.textContent = words
  return link
}

const take = async (files) => {
  const list = zone.querySelector("ul")
  const status = zone.querySelector("[role=status]")
  const rows = files.map(row)
  list.append(...rows.map(({ item }) => item))
  let taken = 0
  for (const [index, file] of files.entries()) {
    // one after another: a worker of the server for each would be many
    const { item, words, bar } = rows[index]
    const told = await upload(zone.dataset.upload, file, (part) => {
      bar.value = part
    })
    bar.remove()
    const fate = told.isReady ? "in the library." : "waits for its description or its credit."
    words.textContent = [`${file.name}:`, told.trouble || fate, told.notice]
      .filter(Boolean)
      .join(" ")
    if (told.pk) {
      if (!told.trouble) taken += 1
      item.append(" ", linkTo(told.form, told.isReady ? "Open" : "Complete it"))
      if (told.src)
        item.prepend(
          Object.assign(document.createElement("img"), { src: told.src, alt: "", width: 60 }),
        )
    }
    item.classList.toggle("is-refused", !told.pk)
  }
  status.textContent = `${taken} of ${files.length} ${files.length === 1 ? "file is" : "files are"} new in the library.`
  if (taken && document.querySelector(".photo-grid, .empty"))
    status.append(" ", linkTo("?", "Show the library with them"))
}

if (zone) {
  const chooser = document.getElementById("choose-photos")
  for (const happening of ["dragenter", "dragover"]) {
    document.addEventListener(happening, (event) => {
      event.preventDefault()
      zone.classList.add("is-over")
    })
  }
  document.addEventListener("dragleave", () => zone.classList.remove("is-over"))
  document.addEventListener("drop", (event) => {
    event.preventDefault()
    zone.classList.remove("is-over")
    const files = picturesIn(event.dataTransfer)
    if (files.length) take(files)
  })
  document.addEventListener("paste", (event) => {
    const files = picturesIn(event.clipboardData)
    if (files.length) take(files)
  })
  chooser?.addEventListener("change", () => {
    const files = [...chooser.files]
    chooser.value = ""
    if (files.length) take(files)
  })
}
