/* Load a video, a post or a chart when the reader asks for it, and not before. Without this script the link stays. */

const SANDBOX =
  "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation"

for (const card of document.querySelectorAll(".embed[data-frame]")) {
  const { frame: address, load, note } = card.dataset
  const button = document.createElement("button")
  button.type = "button"
  button.className = "btn"
  button.textContent = load
  const words = document.createElement("p")
  words.className = "embed-note"
  words.textContent = note
  button.addEventListener("click", () => {
    const frame = document.createElement("iframe")
    frame.src = address
    frame.title = card.querySelector("a").textContent
    frame.setAttribute("sandbox", SANDBOX)
    frame.allow = "fullscreen; picture-in-picture; encrypted-media"
    frame.referrerPolicy = "strict-origin-when-cross-origin" // YouTube shows nothing without one
    words.remove()
    button.replaceWith(frame)
    frame.focus()
  })
  card.append(button, words)
}
