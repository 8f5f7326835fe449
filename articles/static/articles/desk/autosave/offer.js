/* Words that a page without connection or login left in this browser: offered, never put back silently. */
import { copiesHere, forget } from "./browser_copy.js"
import { box, form } from "./form.js"
import { post } from "./post.js"
import { work } from "./work.js"

/** What another page left in this browser, as it would be sent now. */
const fieldsKept = (kept) => {
  const data = new FormData()
  for (const [name, value] of kept.fields) data.append(name, value)
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
  return data
}

/** Whether a version of the story says the same by now; "no" when the desk cannot be asked. */
const isSavedByNow = async (kept) => {
  const question = () => {
    const data = fieldsKept(kept)
    data.set("_ask", "1")
    return data
  }
  const answer = await post(box.dataset.keep, question).catch(() => null)
  return Boolean(answer?.ok && (await answer.json()).is_saved)
}

const restore = async (name, kept) => {
  const answer = await post(box.dataset.keep, () => fieldsKept(kept)).catch(() => null)
  if (!answer?.ok) return
  forget(name)
  work.isLeaving = true
  const told = await answer.json()
  location.assign(told.work ? `${told.address}?unsaved=${told.work}` : told.address)
}

const button = (words, act) => {
  const made = document.createElement("button")
  made.type = "button"
  made.textContent = words
  made.addEventListener("click", act)
  return made
}

const offer = (name, kept) => {
  const list = document.getElementById("kept-here")
  const row = document.createElement("div")
  const text = document.createElement("p")
  text.textContent = `Words from ${kept.at} are kept in this browser; the desk did not get them.`
  const discard = () => {
    forget(name)
    row.remove()
    list.hidden = !list.children.length
  }
  row.append(
    text,
    button("Restore them", () => restore(name, kept)),
    button("Discard them", discard),
  )
  list.append(row)
  list.hidden = false
}

export const offerWhatIsHere = async () => {
  for (const [name, text] of copiesHere()) {
    const kept = JSON.parse(text)
    if (await isSavedByNow(kept)) forget(name)
    else offer(name, kept)
  }
}
