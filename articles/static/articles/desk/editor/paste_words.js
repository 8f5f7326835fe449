/* What became of what was pasted, in sentences. */

export const quoted = (words, most = 12) =>
  `“${words.slice(0, most).join(" ")}${words.length > most ? " …" : ""}”`

export const counted = (number, what) => `${number} ${what}${number === 1 ? "" : "s"}`

/** What happened to the words, in sentences. */
export const told = ({ left, struck, hidden, capitals, onTheLine, notes, lostMarks, links }) => {
  const said = []
  const hint = left.some((each) => each.includes("picture")) ? " Add pictures under “Photo”." : ""
  if (left.length) said.push(`Left out: ${left.join(", ")}.${hint}`)
  for (const [words, why] of [
    [struck, "struck out"],
    [hidden, "hidden"],
  ]) {
    const verb = words.length === 1 ? "was" : "were"
    if (words.length)
      said.push(
        `${counted(words.length, "word")} that ${verb} ${why} ${verb} left out: ${quoted(words)}.`,
      )
  }
  if (capitals.length)
    said.push(
      `In capitals by their look alone, in the letters that were typed now: ${quoted(capitals)}.`,
    )
  if (onTheLine.length)
    said.push(`Raised or lowered before, on the line now: ${quoted(onTheLine)}.`)
  if (notes)
    said.push(
      `${counted(notes, "footnote")} ${notes === 1 ? "stands" : "stand"} as a list under the text.`,
    )
  if (lostMarks.length)
    said.push(
      `Left out: ${counted(lostMarks.length, "mark")} of footnotes that were not copied: ${quoted(lostMarks)}.`,
    )
  return [
    ...said,
    ...links.slice(0, 5),
    ...(links.length > 5 ? [`${links.length - 5} more links lead nowhere from here.`] : []),
  ]
}
