/* How long the text of a field is, under the field. It is only told: nothing is ever cut. */

for (const field of document.querySelectorAll("[data-counted]")) {
  const told = document.createElement("p")
  told.className = "quiet counted"
  told.id = `${field.id}_count`
  field.setAttribute(
    "aria-describedby",
    `${field.getAttribute("aria-describedby") || ""} ${told.id}`.trim(),
  )
  field.after(told)
  const show = () => {
    const signs = [...field.value].length
    const words = field.value.split(/\s+/).filter(Boolean).length
    told.textContent = `${signs} ${signs === 1 ? "character" : "characters"}, ${words} ${words === 1 ? "word" : "words"}`
  }
  field.addEventListener("input", show)
  show()
}
