/* What the desk has of this form, what stands unsaved in it, and what is under way. */
import { clock } from "./form.js"
import { typed } from "./typed.js"

export const work = {
  keptAt: clock(), // when the desk last had all of it
  known: null, // what the desk has: set when the page has settled
  seen: null, // what stood in the form when we looked last
  dirtySince: 0,
  changedAt: 0,
  isBusy: false,
  isLeaving: false,
  isTouched: false, // until somebody does something, what stands in the form is what was loaded
  underWay: null, // stops the autosave that is under way
}

export const isUnkept = () =>
  work.isTouched && !work.isLeaving && work.known !== null && typed() !== work.known
