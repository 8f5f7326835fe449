/* A copy of the form in this browser: for good while the desk cannot be reached, for this tab while a save is sent. */
import { box, clock, form } from "./form.js"
import { nextTurn } from "./turns.js"

let isKeptHere = false

// One place for each form, so that no form overwrites what another one left here.
const placesHere = () => `newsroom:unsaved:${box.dataset.person}:${box.dataset.story}:`
const nameHere = () => placesHere() + form.elements.key.value

const writeDown = (storage) => {
  nextTurn() // restored, it is younger than what was sent before
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string")
  try {
    storage().setItem(nameHere(), JSON.stringify({ at: clock(), fields }))
    return true
  } catch {
    return false // private window, or full
  }
}

/** Whether this browser has the words now. */
export const keepHere = () => {
  isKeptHere = writeDown(() => localStorage) || isKeptHere
  return isKeptHere
}

/** What a save sends: the next page finds it saved and forgets it, or offers it when the save did not arrive. */
export const keepWhatIsSent = () => {
  if (isKeptHere) keepHere()
  else writeDown(() => sessionStorage)
}

export const forget = (name) => {
  for (const storage of [() => localStorage, () => sessionStorage]) {
    try {
      storage().removeItem(name)
    } catch {
      /* nothing was kept */
    }
  }
}

export const forgetHere = () => {
  isKeptHere = false
  forget(nameHere())
}

/** What pages of this story left here: [its name, {at, fields} as JSON] of each. */
export const copiesHere = () =>
  Object.entries({ ...sessionStorage, ...localStorage }).filter(([name]) =>
    name.startsWith(placesHere()),
  )
