/* Keys of the story form: Ctrl+S saves, "?" outside a field lists them. */

const form = document.getElementById("article_form")
const save = form?.querySelector("input[name=_continue]")
const list = document.getElementById("keys")

const isTyping = (element) =>
  element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s" && save) {
    event.preventDefault()
    save.click()
  } else if (event.key === "?" && list && !isTyping(event.target)) {
    list.open = !list.open
    list.querySelector("summary").focus()
  }
})
