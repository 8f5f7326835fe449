/* Keep what is typed: at the desk every few seconds, in this browser when the desk cannot be reached.

It adds to a form that works without it, and never writes the story. A file for each subject stands in autosave/. */
import { box, form } from "./autosave/form.js"
import { offerWhatIsHere } from "./autosave/offer.js"
import { showWhoIsHere } from "./autosave/presence.js"
import { sayTurns } from "./autosave/turns.js"
import { watch } from "./autosave/watch.js"

if (box && form) {
  sayTurns()
  offerWhatIsHere().catch(() => {
    /* a private window keeps nothing */
  })
  watch()
  showWhoIsHere()
}
