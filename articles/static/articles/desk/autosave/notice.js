/* The line that says how the words are kept. */

/** Shown always; read out only when something is wrong, not every few seconds. */
export const say = (text, isTrouble = false) => {
  const words = document.getElementById("saving-words")
  const trouble = document.getElementById("saving-trouble")
  if (words.textContent !== text) words.textContent = text
  const aloud = isTrouble ? text.replace(/ since \d\d:\d\d/, "") : ""
  if (trouble.textContent !== aloud) trouble.textContent = aloud
}
