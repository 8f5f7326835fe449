/* One autosave: the form is sent, and what became of it is said. It writes one private row; never the story. */
import { forgetHere, keepHere } from "./browser_copy.js"
import { box, clock, form } from "./form.js"
import { say } from "./notice.js"
import { post } from "./post.js"
import { nextTurn } from "./turns.js"
import { typed } from "./typed.js"
import { work } from "./work.js"

/** A new story has an address from its first autosave on. */
const becameAStory = (told) => {
  box.dataset.story = told.address.match(/(?<!\d)(\d+)\/change\//)[1]
  box.dataset.autosave = box.dataset.keep = told.address.replace("change/", "autosave/")
  box.dataset.here = told.address.replace("change/", "here/")
  form.action = told.address
  form.elements.base_version.value = told.version
  form.elements.writer.value = told.writer
  box.dataset.version = told.version
  const preview = form.querySelector("[data-preview]")
  if (preview) preview.formAction = told.address.replace("change/", "preview/")
  history.replaceState(null, "", told.address)
}

const wordsOf = (told, wasNew) => {
  if (wasNew && told.is_saved) return `Kept at ${told.kept_at}, as a draft.`
  if (told.is_saved) return "Nothing here is unsaved."
  return `Kept at ${told.kept_at}, for you alone. Not saved yet.`
}

const taken = async (answer, sent, wasNew) => {
  const told = await answer.json()
  forgetHere()
  if (wasNew) becameAStory(told)
  work.known = sent
  work.keptAt = clock()
  work.dirtySince = typed() === work.known ? 0 : Date.now()
  say(wordsOf(told, wasNew))
}

const loggedOut = () => {
  const where = keepHere() ? "Your words are kept in this browser" : "Copy your words"
  say(`You are logged out. ${where}: log in on another tab, and go on here.`, true)
}

const refused = async (answer) => {
  keepHere()
  const told = await answer.json().catch(() => ({}))
  const words = `Not kept at the desk since ${work.keptAt}. Your words are kept in this browser.`
  say(told.error || words, true)
}

const notReached = () => {
  const kept = keepHere()
  say(
    kept
      ? `No connection since ${clock()}. Your words are kept in this browser.`
      : "No connection: copy your words.",
    true,
  )
}

export const autosave = async () => {
  const sent = typed()
  const wasNew = box.dataset.story === "new"
  work.isBusy = true
  nextTurn()
  work.underWay = new AbortController()
  try {
    const answer = await post(box.dataset.autosave, () => new FormData(form), work.underWay.signal)
    const isLoggedOut = answer.type === "opaqueredirect" || [401, 403].includes(answer.status)
    if (isLoggedOut) loggedOut()
    else if (answer.ok) await taken(answer, sent, wasNew)
    else await refused(answer)
  } catch {
    // When stopped, a save is under way that has all of it.
    if (!work.isLeaving) notReached()
  } finally {
    work.isBusy = false
    work.changedAt = Date.now() // the next try waits its time
  }
}
