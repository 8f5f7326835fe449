/* What is typed, watched: when an autosave is due, and who may leave without one. */
import { keepWhatIsSent } from "./browser_copy.js"
import { box, form } from "./form.js"
import { say } from "./notice.js"
import { autosave } from "./send.js"
import { nextTurn } from "./turns.js"
import { typed, withBodyNow } from "./typed.js"
import { isUnkept, work } from "./work.js"

const AFTER_A_PAUSE = 3000 // milliseconds without a change
const AT_LATEST = 6000 // milliseconds of typing, so that with a slow answer at most ten seconds are at risk
const LOOK = 500

const look = (isOn) => {
  if (work.isLeaving) return
  const now = typed()
  if (!work.isTouched) {
    work.known = work.seen = now
    return
  }
  if (now !== work.seen) {
    work.seen = now
    work.changedAt = Date.now()
    work.dirtySince ||= Date.now()
    if (!isOn) say(`Autosave is off. Not saved since ${work.keptAt}.`)
  }
  if (now === work.known) {
    work.dirtySince = 0
    return
  }
  const isTime =
    Date.now() - work.changedAt >= AFTER_A_PAUSE || Date.now() - work.dirtySince >= AT_LATEST
  if (isOn && !work.isBusy && work.dirtySince && isTime) autosave()
}

/** What a script does to a field counts from the first thing that a person does. */
const watchForTouch = () => {
  const touched = (event) => {
    if (!event.isTrusted) return
    if (!work.isTouched) work.known = work.seen ??= typed()
    work.isTouched = true
  }
  for (const happening of ["input", "change", "keydown", "paste", "drop", "click"])
    form.addEventListener(happening, touched, { capture: true })
}

/** The editor writes the same text in its own way: that is what was loaded. */
const watchForEditor = () => {
  const textArea = form.elements.body
  let isPlainTyped = false // the text, before the editor stood in its place
  textArea?.addEventListener("input", (event) => {
    isPlainTyped ||= event.isTrusted
  })
  textArea?.addEventListener("prose-editor:ready", () => {
    if (!isPlainTyped) [work.known, work.seen] = [work.known, work.seen].map(withBodyNow)
  })
}

const watchForSave = () => {
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("data-preview")) return
    work.isLeaving = true
    nextTurn()
    work.known = typed() // if the browser goes back to this page, that is what the desk got
    work.underWay?.abort()
    keepWhatIsSent()
  })
  addEventListener("pageshow", (event) => {
    if (event.persisted) work.isLeaving = false
  })
}

const watchForLeaving = (isOn) => {
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && isOn && !work.isBusy && isUnkept()) autosave()
  })
  addEventListener("beforeunload", (event) => {
    if (isUnkept()) event.preventDefault()
  })
}

export const watch = () => {
  const isOn = Boolean(box.dataset.autosave)
  if (box.dataset.refused) {
    // the save was refused, with a word beside each field: all of it is still unsaved
    work.isTouched = true
    work.known = work.seen = ""
  }
  watchForLeaving(isOn)
  watchForSave()
  watchForTouch()
  watchForEditor()
  look(isOn)
  setInterval(look, LOOK, isOn) // until the first touch it follows the body editor, which tidies its field
}
