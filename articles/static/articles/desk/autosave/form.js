/* The story's form, the box that says how it is kept, and the time as both say it. */

export const box = document.getElementById("saving")
export const form = document.getElementById("article_form")

export const clock = (date = new Date()) => date.toTimeString().slice(0, 5)
