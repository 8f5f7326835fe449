/* Find and replace inside the text. Ctrl+H opens it, Enter goes on, Escape closes it; every replacing can be undone. */
import { Extension, Plugin, pm } from "django-prose-editor/editor"

const { PluginKey, TextSelection } = pm.state
const { Decoration, DecorationSet } = pm.view
const key = new PluginKey("find")
const SHOWN = 1000 // matches that are coloured

const matchesIn = (doc, words, hasCase) => {
  if (!words) return []
  const pattern = new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), hasCase ? "gu" : "giu")
  const found = []
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true
    // One sign for each place, so that a place in this text is a place in the document.
    const text = node.textBetween(0, node.content.size, undefined, "\ufffc")
    for (const match of text.matchAll(pattern)) {
      const from = position + 1 + match.index
      found.push({ from, to: from + match[0].length })
    }
    return false
  })
  return found
}

const make = (name, attributes, ...children) => {
  const element = Object.assign(document.createElement(name), attributes)
  element.append(...children)
  return element
}

class FindBar {
  constructor(editor) {
    this.editor = editor
    this.index = 0
    this.find = make("input", { type: "text" })
    this.other = make("input", { type: "text" })
    this.hasCase = make("input", { type: "checkbox" })
    this.count = make("span", { className: "find-count" })
    this.count.setAttribute("role", "status")
    const button = (words, act) => {
      const element = make("button", { type: "button", textContent: words })
      element.addEventListener("click", act)
      return element
    }
    this.dom = make(
      "div",
      { className: "find-bar", hidden: true },
      make("label", {}, "Find ", this.find),
      make("label", {}, "Replace with ", this.other),
      make("label", {}, this.hasCase, " Match case"),
      button("Next", () => this.go(1)),
      button("Previous", () => this.go(-1)),
      button("Replace", () => this.replace()),
      button("Replace all", () => this.replaceAll()),
      button("Close", () => this.close()),
      this.count,
    )
    this.dom.setAttribute("role", "search")
    this.dom.setAttribute("aria-label", "Find and replace in the text")
    for (const field of [this.find, this.hasCase])
      field.addEventListener("input", () => this.look(true))
    this.dom.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close()
      if (event.key === "Enter" && event.target.tagName === "INPUT") {
        event.preventDefault() // it would send the story's form
        this.go(event.shiftKey ? -1 : 1)
      }
    })
    editor.view.dom.before(this.dom)
  }

  get matches() {
    return this.dom.hidden
      ? []
      : matchesIn(this.editor.state.doc, this.find.value, this.hasCase.checked)
  }

  look(isNew = false) {
    if (isNew) this.index = 0
    const count = this.matches.length
    this.index = count ? (this.index + count) % count : 0
    this.count.textContent = !this.find.value
      ? ""
      : count
        ? `${this.index + 1} of ${count}`
        : "Not found"
    this.editor.view.dispatch(this.editor.state.tr.setMeta(key, true))
  }

  open() {
    const { from, to } = this.editor.state.selection
    const chosen = this.editor.state.doc.textBetween(from, to, " ")
    this.dom.hidden = false
    this.standBelowTheTools()
    if (chosen && chosen.length < 100) this.find.value = chosen
    this.look(true)
    this.find.select()
    this.find.focus()
  }

  /* Both stay in sight, one below the other, also when the tools take another row. */
  standBelowTheTools() {
    const tools = this.dom.parentElement.querySelector(".prose-menubar")
    if (!tools || this.follows) return
    this.follows = new ResizeObserver(() => {
      this.dom.style.top = `${tools.offsetHeight}px`
    })
    this.follows.observe(tools)
  }

  close() {
    this.dom.hidden = true
    this.look()
    this.editor.view.focus()
  }

  go(step) {
    this.index += step
    this.look()
    const match = this.matches[this.index]
    if (!match) return
    const { state, view } = this.editor
    view.dispatch(
      state.tr.setSelection(TextSelection.create(state.doc, match.from, match.to)).scrollIntoView(),
    )
  }

  replace() {
    const match = this.matches[this.index]
    if (!match) return
    this.editor.view.dispatch(
      this.editor.state.tr.insertText(this.other.value, match.from, match.to),
    )
    const behind = match.from + this.other.value.length
    this.index = Math.max(
      0,
      this.matches.findIndex((each) => each.from >= behind),
    )
    this.go(0)
  }

  replaceAll() {
    const { matches } = this
    const change = this.editor.state.tr
    for (const match of [...matches].reverse())
      change.insertText(this.other.value, match.from, match.to)
    this.editor.view.dispatch(change)
    this.look(true)
    this.count.textContent = matches.length === 1 ? "1 replaced" : `${matches.length} replaced`
  }
}

export const FindReplace = Extension.create({
  name: "findReplace",
  addStorage: () => ({ bar: null }),
  onCreate() {
    this.storage.bar = new FindBar(this.editor)
  },
  addCommands() {
    return {
      openFind: () => () => {
        this.storage.bar.open()
        return true
      },
    }
  },
  addKeyboardShortcuts() {
    return { "Mod-h": () => this.editor.commands.openFind() }
  },
  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "find",
      groups: "words",
      priority: 120,
      button: buttons.text("Find", "Find and replace (Ctrl+H)"),
      command: (editor) => editor.commands.openFind(),
    })
  },
  addProseMirrorPlugins() {
    const { storage } = this
    return [
      new Plugin({
        key,
        props: {
          decorations(state) {
            const { bar } = storage
            if (!bar || bar.dom.hidden || !bar.find.value) return null
            const found = matchesIn(state.doc, bar.find.value, bar.hasCase.checked).slice(0, SHOWN)
            return DecorationSet.create(
              state.doc,
              found.map(({ from, to }, index) =>
                Decoration.inline(from, to, {
                  class: index === bar.index ? "found found--here" : "found",
                }),
              ),
            )
          },
        },
      }),
    ]
  },
})
