/* This page's own name, and how many times it has sent its form: so the desk knows an autosave that was sent before a save
and comes after it (articles/story/unsaved.py). */
import { form } from "./form.js"

const page = crypto.randomUUID?.() || `page-${Date.now()}`
let turns = 0

export const nextTurn = () => {
  turns += 1
}

/** Every time the form is read, it says which turn it is. */
export const sayTurns = () =>
  form.addEventListener("formdata", ({ formData }) => formData.set("turn", `${page}:${turns}`))
