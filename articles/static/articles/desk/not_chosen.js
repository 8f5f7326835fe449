/* Words that somebody typed into a box that searches (tags, related stories) and that chose nothing: select2 empties the
box when it closes. They stand under it until they are chosen, changed or left out, and go to the desk with the form, which
says that it stored none of them. */

const $ = window.django?.jQuery
const form = document.getElementById("article_form")
const BOX = "select.admin-autocomplete[multiple]"

const selectOf = (search) => search.closest(".select2-container")?.previousElementSibling
const isChosen = (select, words) =>
  [...select.selectedOptions].some((each) => each.text.trim().toLowerCase() === words.toLowerCase())

const lineUnder = (select) => {
  const holder = select.closest(".form-row") || select.parentElement
  let line = holder.querySelector(".not-chosen")
  if (line) return line
  line = document.createElement("p")
  line.className = "not-chosen help"
  line.setAttribute("role", "status")
  holder.append(line)
  return line
}

const show = (select) => {
  const words = select.dataset.typed || ""
  const line = lineUnder(select)
  line.dataset.words = words
  line.replaceChildren()
  if (!words) return
  const wrapper = select.closest(".related-widget-wrapper")
  const way = wrapper?.querySelector(".add-related") ? ", or make it with ＋" : ""
  const button = document.createElement("button")
  button.type = "button"
  button.textContent = "Leave it out"
  button.addEventListener("click", () => keep(select, ""))
  line.append(
    `“${words}” is not chosen and will not be saved. Choose it from the list${way}. `,
    button,
  )
}

const keep = (select, words) => {
  select.dataset.typed = isChosen(select, words) ? "" : words
  if (lineUnder(select).dataset.words !== select.dataset.typed) show(select)
}

if (form && $) {
  form.addEventListener("input", ({ target, isTrusted }) => {
    if (!isTrusted || !target.matches(".select2-search__field")) return
    const select = selectOf(target)
    if (select?.matches(BOX)) select.dataset.typed = target.value.trim()
  })
  $(form).on("select2:close", BOX, ({ target }) => keep(target, target.dataset.typed || ""))
  $(form).on("select2:select", BOX, ({ target }) => keep(target, ""))
  form.addEventListener("submit", () => {
    for (const select of form.querySelectorAll(BOX)) {
      const name = `${select.name}_typed`
      form.querySelector(`input[name="${name}"]`)?.remove()
      if (!select.dataset.typed) continue
      const field = document.createElement("input")
      Object.assign(field, { type: "hidden", name, value: select.dataset.typed })
      form.append(field)
    }
  })
  for (const select of form.querySelectorAll(BOX)) if (select.dataset.typed) show(select)
}
