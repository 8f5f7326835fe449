/* Who else has this story open, and who has saved since. */
import { box, form } from "./form.js"
import { post } from "./post.js"

const OFTEN = 15000 // milliseconds
const AT_FIRST = 300

const versionHere = () => {
  const fields = new FormData()
  fields.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
  fields.set("version", box.dataset.version)
  return fields
}

const here = async () => {
  if (!box.dataset.here || document.hidden) return
  const others = document.getElementById("others-here")
  try {
    const answer = await post(box.dataset.here, versionHere)
    if (!answer.ok) return
    const told = await answer.json()
    const notes = told.others.map((name) => `${name} has this story open now.`)
    if (told.newer_by)
      notes.push(`${told.newer_by} has saved since you opened this. Saving will show both texts.`)
    if (others.textContent !== notes.join(" ")) others.textContent = notes.join(" ")
  } catch {
    /* the line of the autosave says that there is no connection */
  }
}

export const showWhoIsHere = () => {
  setInterval(here, OFTEN)
  setTimeout(here, AT_FIRST)
}
