/* The desk could not take a save. What the form wrote down for this tab as it was sent (desk/autosave.js) is kept for the
browser, so that it outlives the tab: the story's form offers it. */

const KEPT = "newsroom:unsaved:"

try {
  for (const name of Object.keys(sessionStorage).filter((each) => each.startsWith(KEPT))) {
    localStorage.setItem(name, sessionStorage.getItem(name))
    sessionStorage.removeItem(name)
  }
  const isKept = Object.keys(localStorage).some((each) => each.startsWith(KEPT))
  document.getElementById("kept-here").hidden = !isKept
} catch {
  /* a private window keeps nothing, and the page says to leave it open */
}
