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
for (const button of all("[data-copy]")) {
  if (!navigator.clipboard) continue
  const label = button.querySelector("span"),
    words = label.textContent
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
for (const button of all("[data-print]")) {
  button.addEventListener("click", () => print())
  button.parentElement.hidden = false
}
for (const button of all("[data-share]")) {
  if (!navigator.share) continue
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
const known = new Map()
for (const box of all("input[data-suggest]")) {
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
  let wait,
    asking,
    active = -1

  const show = (found) => {
    active = -1
    list.replaceChildren(
      ...found.map(({ name, address, kind }, index) => {
        const option = document.createElement("li")
        option.id = `${list.id}-${index}`
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
      }),
    )
    list.hidden = !found.length
    box.setAttribute("aria-expanded", String(!list.hidden))
    box.removeAttribute("aria-activedescendant")
  }
  const mark = (index) => {
    const options = [...list.children]
    active = (index + options.length + 1) % (options.length + 1)
    if (active === options.length) active = -1
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)))
    if (active < 0) box.removeAttribute("aria-activedescendant")
    else box.setAttribute("aria-activedescendant", options[active].id)
  }
  const ask = async () => {
    const words = box.value.trim().toLowerCase()
    asking?.abort()
    if (words.length < 2) return show([])
    const before = known.get(words)
    if (before && Date.now() - before.at < 60000) return show(before.found)
    asking = new AbortController()
    try {
      const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(words)}`, {
        signal: asking.signal,
      })
      const { found } = await answer.json()
      known.set(words, { at: Date.now(), found })
      if (document.activeElement === box) show(found)
    } catch {
      /* overtaken, or no network: the form works as before */
    }
  }
  box.addEventListener("input", () => {
    clearTimeout(wait)
    wait = setTimeout(ask, 250)
  })
  box.addEventListener("blur", () => show([]))
  box.addEventListener("keydown", (event) => {
    if (list.hidden && event.key === "ArrowDown") ask()
    if (list.hidden) return
    if (event.key === "ArrowDown") mark(active + 1)
    else if (event.key === "ArrowUp") mark(active - 1)
    else if (event.key === "Escape") show([])
    else if (event.key === "Enter" && active >= 0) location = list.children[active].dataset.address
    else return
    event.preventDefault()
  })
}
if (location.hash === "#q") document.getElementById("q")?.focus()
