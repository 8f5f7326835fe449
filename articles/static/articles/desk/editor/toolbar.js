/* The editor's buttons as a toolbar: one stop of Tab, arrow keys from button to button, states in words for machines. */
import { Extension } from "django-prose-editor/editor"

const buttonsOf = (bar) =>
  [...bar.querySelectorAll(".prose-menubar__button:not(.hidden)")].filter(
    (button) => !button.closest(".prose-menubar__picker"),
  )

const start = (bar, editor) => {
  bar.setAttribute("role", "toolbar")
  bar.setAttribute("aria-label", "Tools of the text")
  let here = 0
  const follow = () => {
    const buttons = buttonsOf(bar)
    here = Math.max(0, Math.min(here, buttons.length - 1))
    buttons.forEach((button, index) => {
      button.tabIndex = index === here ? 0 : -1
      if (button.closest(".prose-menubar__selected")) {
        button.setAttribute("aria-haspopup", "true")
        button.setAttribute("aria-label", "Kind of paragraph")
        return
      }
      button.setAttribute("aria-pressed", button.classList.contains("active"))
      button.setAttribute("aria-disabled", button.classList.contains("disabled"))
    })
    return buttons
  }
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const index = buttonsOf(bar).indexOf(event.target)
    if (!step || index < 0) return
    event.preventDefault()
    const { length } = buttonsOf(bar)
    here = (index + step + length) % length
    follow()[here].focus()
  })
  editor.on("transaction", () => queueMicrotask(follow)) // after the buttons have taken their own state
  follow()
}

export const Toolbar = Extension.create({
  name: "toolbar",
  onCreate() {
    const { editor } = this
    // The menu is made by an extension of its own, which may come after this one.
    setTimeout(() => {
      const bar = editor.options.element.querySelector(".prose-menubar")
      if (bar) start(bar, editor)
    })
  },
})
