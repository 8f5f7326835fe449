/* What makes reading easier for who allows scripts. Every page is whole without it: reader.md, "Small scripts". */

const all = (selector) => document.querySelectorAll(selector)
const kept = (name, value) => {
  try {
    if (value === undefined) return localStorage.getItem(name) ?? ""
    localStorage.setItem(name, value)
  } catch {
    /* a browser that keeps nothing */
  }
  return ""
}

/* --- Times: the reader's own clock, the outlet's in the title. A day without a time is left as it is. */
const tell = (time) => {
  const then = new Date(time.dateTime)
  const minutes = Math.round((Date.now() - then) / 60000)
  if (!(minutes >= 0)) return ""
  const language =
    document.body.dataset
      .clock /* the language of the chrome; a browser that has no words for it leaves the time */
  if (!language) return ""
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }
  if (time.closest(".latest, .breaking")) {
    return minutes < 24 * 60 ? new Intl.DateTimeFormat(language, clock).format(then) : ""
  }
  const ago = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" })
  if (minutes < 60) return ago.format(-minutes, "minute")
  if (minutes < 24 * 60) return ago.format(-Math.round(minutes / 60), "hour")
  if (minutes > 7 * 24 * 60) return ""
  return new Intl.DateTimeFormat(language, { weekday: "short", ...clock }).format(then)
}
const tellTimes = () => {
  const told = [...all('time[datetime*="T"]')]
    .map((time) => [time, tell(time)])
    .filter(([, words]) => words)
  /* A line keeps the height it had, so that nothing below it moves. */
  const heights = told
    .map(([time]) => [time.parentElement.closest("p, li"), 0])
    .filter(([line]) => line)
  for (const each of heights) each[1] = each[0].offsetHeight
  for (const [line, height] of heights) line.style.minBlockSize ||= `${height}px`
  for (const [time, words] of told) {
    const zone = time.nextElementSibling?.matches(".zone") ? time.nextElementSibling : null
    time.title ||= [time.textContent, zone?.textContent].filter(Boolean).join(" ")
    time.dataset.was ||= time.textContent
    time.textContent = words
    zone?.setAttribute("hidden", "")
  }
}
tellTimes()
setInterval(tellTimes, 60000)
addEventListener("beforeprint", () => {
  for (const time of all("time[data-was]")) time.textContent = time.dataset.was
  for (const zone of all(".zone")) zone.hidden = false
})
addEventListener("afterprint", tellTimes)

/* --- Copy, print, share: buttons that are hidden until they work. */
const offerCopy = (button) => {
  const label = button.querySelector("span")
  const words = label.textContent
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy)
    label.textContent = button.dataset.done
    button.dataset.copied = "" /* the words show on a phone too */
    setTimeout(() => {
      label.textContent = words
      delete button.dataset.copied
    }, 3000)
  })
  button.parentElement.hidden = false
}
if (navigator.clipboard) for (const button of all("[data-copy]")) offerCopy(button)
for (const button of all("[data-print]")) {
  button.addEventListener("click", () => print())
  button.parentElement.hidden = false
}
if (navigator.share)
  for (const button of all("[data-share]")) {
    const { share: url, title } = button.dataset
    button.addEventListener("click", () => navigator.share({ url, title }).catch(() => {}))
    button.parentElement.hidden = false
  }

/* --- Colours: as the device says, or as the reader does. */
for (const box of all(".themes")) box.hidden = false
for (const choice of all('[name="theme"]')) {
  choice.checked = choice.value === (kept("theme") || "auto")
  choice.addEventListener("change", () => {
    const value = choice.value === "auto" ? "" : choice.value
    kept("theme", value)
    document.documentElement.dataset.theme = value
  })
}

/* --- The key "/" opens the search, unless the reader has switched it off. */
const switched = document.querySelector('[name="slash"]')
if (switched) {
  switched.checked = kept("slash") !== "off"
  switched.addEventListener("change", () => kept("slash", switched.checked ? "" : "off"))
}
addEventListener("keydown", (event) => {
  const typing = event.target.closest?.(
    "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]",
  )
  if (
    event.key !== "/" ||
    typing ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    kept("slash") === "off"
  )
    return
  event.preventDefault()
  const box = document.querySelector('input[name="q"]')
  if (box) box.focus()
  else location = `${document.querySelector(".icon-link").href}#q`
})

/* --- Suggestions while one types: topics, people and sections that begin so. */
const suggestionList = (box) => {
  const list = document.createElement("ul")
  list.id = `${box.id}-list`
  list.className = "suggestions"
  list.role = "listbox"
  list.setAttribute("aria-label", box.dataset.suggestions)
  list.hidden = true
  box.after(list)
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": list.id,
    "aria-autocomplete": "list",
  }))
    box.setAttribute(name, value)
  return list
}
const suggestion = ({ name, address, kind }, id) => {
  const option = document.createElement("li")
  option.id = id
  option.role = "option"
  option.dataset.address = address
  const hint = document.createElement("small")
  hint.textContent = kind
  option.append(name, " ", hint)
  option.addEventListener("mousedown", (event) => {
    event.preventDefault()
    location = address
  })
  return option
}
const show = (box, list, found) => {
  list.replaceChildren(...found.map((each, index) => suggestion(each, `${list.id}-${index}`)))
  list.hidden = !found.length
  box.setAttribute("aria-expanded", String(!list.hidden))
  box.removeAttribute("aria-activedescendant")
}
const marked = (list) =>
  [...list.children].findIndex((option) => option.getAttribute("aria-selected") === "true")
/* The arrows go round, and between the last and the first stands the box itself. */
const mark = (box, list, by) => {
  const options = [...list.children]
  const places = options.length + 1
  const at = (marked(list) + by + places) % places
  options.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)))
  if (at === options.length) box.removeAttribute("aria-activedescendant")
  else box.setAttribute("aria-activedescendant", options[at].id)
}
const known = new Map()
const ask = async (box, list, signal) => {
  const words = box.value.trim().toLowerCase()
  if (words.length < 2) return show(box, list, [])
  const before = known.get(words)
  if (before && Date.now() - before.at < 60000) return show(box, list, before.found)
  try {
    const address = `${box.dataset.suggest}?q=${encodeURIComponent(words)}`
    const answer = await fetch(address, { signal })
    const { found } = await answer.json()
    known.set(words, { at: Date.now(), found })
    if (document.activeElement === box) show(box, list, found)
  } catch {
    /* overtaken, or no network: the form works as before */
  }
}
const suggest = (box) => {
  const list = suggestionList(box)
  let wait, asking
  const askAnew = () => {
    asking?.abort()
    asking = new AbortController()
    ask(box, list, asking.signal)
  }
  box.addEventListener("input", () => {
    clearTimeout(wait)
    wait = setTimeout(askAnew, 250)
  })
  box.addEventListener("blur", () => show(box, list, []))
  box.addEventListener("keydown", (event) => {
    if (list.hidden && event.key === "ArrowDown") askAnew()
    if (list.hidden) return
    const chosen = list.children[marked(list)]
    if (event.key === "ArrowDown") mark(box, list, 1)
    else if (event.key === "ArrowUp") mark(box, list, -1)
    else if (event.key === "Escape") show(box, list, [])
    else if (event.key === "Enter" && chosen) location = chosen.dataset.address
    else return
    event.preventDefault()
  })
}
for (const box of all("input[data-suggest]")) suggest(box)
if (location.hash === "#q") document.getElementById("q")?.focus()
