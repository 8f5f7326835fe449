/* Give names to what scripts put in place of a field: the body editor and the boxes that search while one types. */

const nameOf = (field) => {
  const label = field.labels?.[0]?.textContent
  if (label) return label.replace(/:\s*$/, "").trim()
  const cell = field.closest("td")
  const head = cell?.closest("table")?.tHead?.rows[0]?.cells[cell.cellIndex]?.textContent
  return (head || field.name).trim()
}

const nameEverything = () => {
  for (const field of document.querySelectorAll("select.admin-autocomplete")) {
    const box = field.nextElementSibling
    for (const part of box?.querySelectorAll(
      "[role=textbox], [role=combobox], [role=searchbox], textarea",
    ) || []) {
      part.setAttribute("aria-label", nameOf(field))
    }
  }
  for (const dialog of document.querySelectorAll("dialog.prose-editor-dialog:not([aria-label])")) {
    dialog.setAttribute(
      "aria-label",
      dialog.querySelector(".prose-editor-dialog-title")?.textContent || "Details",
    )
  }
  for (const field of document.querySelectorAll(
    "textarea[data-django-prose-editor-configurable]",
  )) {
    const editor = field.closest(".prose-editor")?.querySelector("[contenteditable=true]")
    editor?.setAttribute("aria-label", nameOf(field))
    editor?.setAttribute("aria-multiline", "true")
    if (field.getAttribute("aria-describedby"))
      editor?.setAttribute("aria-describedby", field.getAttribute("aria-describedby"))
    if (editor && field.labels?.[0]) field.labels[0].onclick = () => editor.focus()
  }
}

// These boxes come when their own scripts are ready, which may be after the page has loaded.
new MutationObserver(nameEverything).observe(document.body, { childList: true, subtree: true })
nameEverything()
