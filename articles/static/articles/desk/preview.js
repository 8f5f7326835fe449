/* Preview beside the form: the typed story on the public page, at the width of a phone, a tablet, or whole.

Without this script the button opens the same page in a new tab. */

const button = document.querySelector("[data-preview]")
const form = document.getElementById("article_form")
const WIDTHS = ["Phone", "Tablet", "Full"] // how wide each is: story.css

const makeButton = (words, act) => {
  const made = document.createElement("button")
  made.type = "button"
  made.textContent = words
  made.addEventListener("click", act)
  return made
}

const makeFrame = () => {
  const frame = document.createElement("iframe")
  frame.setAttribute("sandbox", "allow-same-origin") // its styles, and no script of any kind
  frame.title = "The story as readers would see it"
  frame.className = "preview-frame preview-frame--0"
  return frame
}

/** A button for each width; the one that counts is pressed. */
const widthButtons = (frame) => {
  const all = WIDTHS.map((name, index) => {
    const width = makeButton(name, () => {
      frame.className = `preview-frame preview-frame--${index}`
      for (const each of all) each.setAttribute("aria-pressed", each === width)
    })
    width.setAttribute("aria-pressed", index === 0)
    return width
  })
  return all
}

/** Fills `frame` with the typed story, and says in `words` whether it could. */
const load = async (frame, words) => {
  words.textContent = "Loading…"
  try {
    const answer = await fetch(button.formAction, {
      method: "POST",
      body: new FormData(form),
      redirect: "manual",
    })
    if (answer.status === 200) {
      frame.srcdoc = await answer.text()
      words.textContent = "As you have typed it. Nothing is saved by looking."
    } else if (answer.status === 422) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html")
      const faults = [...page.querySelectorAll("li")].map((item) => item.textContent).join(" ")
      words.textContent = `Still the last good one. ${faults}`
    } else {
      words.textContent =
        "The preview could not be made. Your login may have ended; your words are safe here."
    }
  } catch {
    words.textContent = "No connection. The last preview stays."
  }
}

const start = () => {
  const pane = document.createElement("section")
  pane.className = "preview-pane"
  pane.setAttribute("aria-label", "Preview")
  pane.hidden = true
  const bar = document.createElement("div")
  bar.className = "preview-bar"
  const words = document.createElement("p")
  words.setAttribute("role", "status")
  const frame = makeFrame()
  const show = () => {
    pane.hidden = false
    load(frame, words)
  }
  const close = () => {
    pane.hidden = true
    button.focus()
  }
  const shut = makeButton("Close", close)
  bar.append(...widthButtons(frame), makeButton("Refresh", show), shut, words)
  pane.append(bar, frame)
  document.body.append(pane)
  pane.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close()
  })
  button.addEventListener("click", (event) => {
    event.preventDefault()
    show()
    shut.focus()
  })
}

if (button && form) start()
