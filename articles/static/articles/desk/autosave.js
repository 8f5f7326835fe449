/* Keep what is typed: at the desk every few seconds, in this browser when the desk cannot be reached.

It adds to a form that works without it. It writes one private row; never the story. */

const AFTER_A_PAUSE = 3000 // milliseconds without a change
const AT_LATEST = 6000 // milliseconds of typing, so that with a slow answer at most ten seconds are at risk
const LOOK = 500
const HERE = 15000

const box = document.getElementById("saving")
const form = document.getElementById("article_form")

const clock = (date = new Date()) => date.toTimeString().slice(0, 5)

/** The form as text, without what nobody typed. Two equal forms are two equal texts. */
const typed = () => JSON.stringify([...new FormData(form)]
  .filter(([name, value]) => typeof value === "string"
    && !["csrfmiddlewaretoken", "writer", "key", "base_version"].includes(name)))

const start = () => {
  const words = document.getElementById("saving-words")
  const trouble = document.getElementById("saving-trouble")
  const others = document.getElementById("others-here")
  const browserBox = document.getElementById("kept-here")
  const isOn = Boolean(box.dataset.autosave)
  let keptAt = clock() // when the desk last had all of it
  let known = null // what the desk has: set when the page has settled
  let seen = null // what stood in the form when we looked last
  let dirtySince = 0
  let changedAt = 0
  let isBusy = false
  let isLeaving = false
  let isTouched = false // until somebody does something, what stands in the form is what was loaded

  let isKeptHere = false

  // One place for each form, so that no form overwrites what another one left here.
  const placesHere = () => `newsroom:unsaved:${box.dataset.person}:${box.dataset.story}:`
  const nameHere = () => placesHere() + form.elements.key.value
  const SAVING = "newsroom:saving" // the place that a save under way empties
  /** Shown always; read out only when something is wrong, not every few seconds. */
  const say = (text, isTrouble = false) => {
    if (words.textContent !== text) words.textContent = text
    const aloud = isTrouble ? text.replace(/ since \d\d:\d\d/, "") : ""
    if (trouble.textContent !== aloud) trouble.textContent = aloud
  }

  const keepHere = () => {
    try {
      localStorage.setItem(nameHere(), JSON.stringify({ at: clock(), fields: [...new FormData(form)].filter(([, value]) => typeof value === "string") }))
      isKeptHere = true
      return true
    } catch {
      return false // private window, or full
    }
  }
  const forget = (name) => { try { localStorage.removeItem(name) } catch { /* nothing was kept */ } }
  const forgetHere = () => { isKeptHere = false; forget(nameHere()) }

  /** A token that still counts, after a login in another tab; true when there is a login. */
  const refreshToken = async () => {
    const answer = await fetch(box.dataset.token, { redirect: "manual" })
    if (answer.status !== 200) return false
    const { token, person } = await answer.json()
    if (String(person) !== box.dataset.person) return false
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token
    return true
  }

  const post = async (address, data) => {
    const send = () => fetch(address, { method: "POST", body: data(), redirect: "manual" })
    let answer = await send()
    if (answer.status === 403 && await refreshToken()) answer = await send()
    return answer
  }

  const becameAStory = (told) => {
    box.dataset.story = told.address.match(/(\d+)\/change\//)[1]
    box.dataset.autosave = box.dataset.keep = told.address.replace("change/", "autosave/")
    box.dataset.here = told.address.replace("change/", "here/")
    form.action = told.address
    form.elements.base_version.value = told.version
    form.elements.writer.value = told.writer
    box.dataset.version = told.version
    const preview = form.querySelector("[data-preview]")
    if (preview) preview.formAction = told.address.replace("change/", "preview/")
    history.replaceState(null, "", told.address)
  }

  const autosave = async () => {
    const sent = typed()
    isBusy = true
    try {
      const wasNew = box.dataset.story === "new"
      const answer = await post(box.dataset.autosave, () => new FormData(form))
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
        const kept = keepHere()
        say(`You are logged out. ${kept ? "Your words are kept in this browser" : "Copy your words"}: log in on another tab, and go on here.`, true)
      } else if (answer.ok) {
        const told = await answer.json()
        forgetHere()
        if (wasNew) becameAStory(told)
        known = sent
        keptAt = clock()
        dirtySince = typed() === known ? 0 : Date.now()
        say(`Kept at ${told.kept_at}, for you alone. Not saved yet.`)
      } else {
        keepHere()
        const told = await answer.json().catch(() => ({}))
        say(told.error || `Not kept at the desk since ${keptAt}. Your words are kept in this browser.`, true)
      }
    } catch {
      const kept = keepHere()
      say(kept ? `No connection since ${clock()}. Your words are kept in this browser.` : "No connection: copy your words.", true)
    } finally {
      isBusy = false
      changedAt = Date.now() // the next try waits its time
    }
  }

  const look = () => {
    const now = typed()
    if (!isTouched) {
      known = seen = now
      return
    }
    if (now !== seen) {
      seen = now
      changedAt = Date.now()
      dirtySince ||= Date.now()
      if (!isOn) say(`Autosave is off. Not saved since ${keptAt}.`)
    }
    if (now === known) {
      dirtySince = 0
      return
    }
    const isTime = Date.now() - changedAt >= AFTER_A_PAUSE || Date.now() - dirtySince >= AT_LATEST
    if (isOn && !isBusy && dirtySince && isTime) autosave()
  }

  const here = async () => {
    if (!box.dataset.here || document.hidden) return
    try {
      const data = () => {
        const fields = new FormData()
        fields.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
        fields.set("version", box.dataset.version)
        return fields
      }
      const answer = await post(box.dataset.here, data)
      if (!answer.ok) return
      const told = await answer.json()
      const notes = told.others.map((name) => `${name} is editing (active now).`)
      if (told.newer_by) notes.push(`${told.newer_by} has saved since you opened this. Saving will show both texts.`)
      if (others.textContent !== notes.join(" ")) others.textContent = notes.join(" ")
    } catch { /* the words above say that there is no connection */ }
  }

  /** Words that a page without connection or login left in this browser: offered, never put back silently. */
  const offerWhatIsHere = () => {
    const saved = sessionStorage.getItem(SAVING)
    sessionStorage.removeItem(SAVING)
    if (saved && document.querySelector(".messagelist .success")) forget(saved)
    for (const name of Object.keys(localStorage).filter((each) => each.startsWith(placesHere()))) {
      offer(name, JSON.parse(localStorage.getItem(name)))
    }
  }

  const offer = (name, kept) => {
    const row = document.createElement("div")
    const text = document.createElement("p")
    text.textContent = `Words from ${kept.at} are kept in this browser; the desk did not get them.`
    const restore = document.createElement("button")
    restore.type = "button"
    restore.textContent = "Restore them"
    const discard = document.createElement("button")
    discard.type = "button"
    discard.textContent = "Discard them"
    row.append(text, restore, discard)
    browserBox.append(row)
    browserBox.hidden = false
    discard.addEventListener("click", () => {
      forget(name)
      row.remove()
      browserBox.hidden = !browserBox.children.length
    })
    restore.addEventListener("click", async () => {
      const fields = () => {
        const data = new FormData()
        for (const [name, value] of kept.fields) data.append(name, value)
        data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
        return data
      }
      const answer = await post(box.dataset.keep, fields).catch(() => null)
      if (!answer?.ok) return
      forget(name)
      isLeaving = true
      const told = await answer.json()
      location.assign(`${told.address}?unsaved=${told.work}`)
    })
  }

  const onlyChanged = () => known !== null && typed() !== known
  document.addEventListener("visibilitychange", () => { if (document.hidden && isOn && !isBusy && onlyChanged()) autosave() })
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("data-preview")) return
    isLeaving = true
    if (isKeptHere) sessionStorage.setItem(SAVING, nameHere())
  })
  addEventListener("beforeunload", (event) => {
    if (isLeaving || !onlyChanged()) return
    event.preventDefault()
  })
  for (const happening of ["input", "change", "keydown", "paste", "drop", "click"]) {
    form.addEventListener(happening, () => {
      if (!isTouched) known = seen ??= typed()
      isTouched = true
    }, { capture: true })
  }
  try { offerWhatIsHere() } catch { /* a private window keeps nothing */ }
  look()
  setInterval(look, LOOK) // until the first touch it follows the body editor, which tidies its field
  setInterval(here, HERE)
  setTimeout(here, 300)
}

if (box && form) start()
