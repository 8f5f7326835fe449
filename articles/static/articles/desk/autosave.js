/* Keep what is typed: at the desk every few seconds, in this browser when the desk cannot be reached.

It adds to a form that works without it. It writes one private row; never the story. */

const AFTER_A_PAUSE = 3000 // milliseconds without a change
const AT_LATEST = 6000 // milliseconds of typing, so that with a slow answer at most ten seconds are at risk
const LOOK = 500
const HERE = 15000

const box = document.getElementById("saving")
const form = document.getElementById("article_form")

const clock = (date = new Date()) => date.toTimeString().slice(0, 5)

// This page's own name, and how many times it has sent its form: so the desk knows an autosave that was sent before a
// save and comes after it (articles/story/unsaved.py).
const page = crypto.randomUUID?.() || `page-${Date.now()}`
let turns = 0

const EMPTY = "<p></p>"
const withoutEmptyEnd = (html) => {
  let rest = html
  while (rest.endsWith(EMPTY)) rest = rest.slice(0, -EMPTY.length).trimEnd()
  return rest
}

const textArea = form?.elements.body
let readDoc = null
let readBody = ""
/** The text as it will be stored. The editor opens a place to go on writing behind a list or a photo, and writes the
whole text down anew when it does: neither is a person's typing, so not its field but its document is read. */
const bodyNow = () => {
  const editor = form.querySelector(".field-body .ProseMirror[contenteditable]")?.editor
  if (!editor) return textArea?.value ?? ""
  if (editor.state.doc !== readDoc) {
    readDoc = editor.state.doc
    readBody = withoutEmptyEnd(editor.getHTML())
  }
  return readBody
}
const NOT_TYPED = [
  "csrfmiddlewaretoken",
  "writer",
  "key",
  "base_version",
  "turn",
  "tags_typed",
  "related_typed",
]

/** The form as text, without what nobody typed. Two equal forms are two equal texts. */
const typed = () =>
  JSON.stringify(
    [...new FormData(form)]
      .filter(([name, value]) => typeof value === "string" && !NOT_TYPED.includes(name))
      .map(([name, value]) => [name, name === "body" ? bodyNow() : value]),
  )

/** A form as text, with the text that stands in the editor now. */
const withBodyNow = (text) =>
  text &&
  JSON.stringify(
    JSON.parse(text).map(([name, value]) => [name, name === "body" ? bodyNow() : value]),
  )

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
  let underWay = null // stops the autosave that is under way

  // One place for each form, so that no form overwrites what another one left here.
  const placesHere = () => `newsroom:unsaved:${box.dataset.person}:${box.dataset.story}:`
  const nameHere = () => placesHere() + form.elements.key.value
  /** Shown always; read out only when something is wrong, not every few seconds. */
  const say = (text, isTrouble = false) => {
    if (words.textContent !== text) words.textContent = text
    const aloud = isTrouble ? text.replace(/ since \d\d:\d\d/, "") : ""
    if (trouble.textContent !== aloud) trouble.textContent = aloud
  }

  const writeDown = (storage) => {
    turns += 1 // restored, it is younger than what was sent before
    const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string")
    try {
      storage().setItem(nameHere(), JSON.stringify({ at: clock(), fields }))
      return true
    } catch {
      return false // private window, or full
    }
  }
  const keepHere = () => {
    isKeptHere = writeDown(() => localStorage) || isKeptHere
    return isKeptHere
  }
  const forget = (name) => {
    for (const storage of [() => localStorage, () => sessionStorage]) {
      try {
        storage().removeItem(name)
      } catch {
        /* nothing was kept */
      }
    }
  }
  const forgetHere = () => {
    isKeptHere = false
    forget(nameHere())
  }

  /** A token that still counts, after a login in another tab; true when there is a login. */
  const refreshToken = async () => {
    const answer = await fetch(box.dataset.token, { redirect: "manual" })
    if (answer.status !== 200) return false
    const { token, person } = await answer.json()
    if (String(person) !== box.dataset.person) return false
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]"))
      field.value = token
    return true
  }

  const post = async (address, data, signal) => {
    const send = () => fetch(address, { method: "POST", body: data(), redirect: "manual", signal })
    let answer = await send()
    if (answer.status === 403 && (await refreshToken())) answer = await send()
    return answer
  }

  const becameAStory = (told) => {
    box.dataset.story = told.address.match(/(?<!\d)(\d+)\/change\//)[1]
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
    turns += 1
    underWay = new AbortController()
    try {
      const wasNew = box.dataset.story === "new"
      const answer = await post(box.dataset.autosave, () => new FormData(form), underWay.signal)
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
        const kept = keepHere()
        say(
          `You are logged out. ${kept ? "Your words are kept in this browser" : "Copy your words"}: log in on another tab, and go on here.`,
          true,
        )
      } else if (answer.ok) {
        const told = await answer.json()
        forgetHere()
        if (wasNew) becameAStory(told)
        known = sent
        keptAt = clock()
        dirtySince = typed() === known ? 0 : Date.now()
        const isInDraft = wasNew && told.is_saved
        say(
          isInDraft
            ? `Kept at ${told.kept_at}, as a draft.`
            : told.is_saved
              ? "Nothing here is unsaved."
              : `Kept at ${told.kept_at}, for you alone. Not saved yet.`,
        )
      } else {
        keepHere()
        const told = await answer.json().catch(() => ({}))
        say(
          told.error ||
            `Not kept at the desk since ${keptAt}. Your words are kept in this browser.`,
          true,
        )
      }
    } catch {
      if (isLeaving) return // stopped: a save is under way that has all of it
      const kept = keepHere()
      say(
        kept
          ? `No connection since ${clock()}. Your words are kept in this browser.`
          : "No connection: copy your words.",
        true,
      )
    } finally {
      isBusy = false
      changedAt = Date.now() // the next try waits its time
    }
  }

  const look = () => {
    if (isLeaving) return
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
      const notes = told.others.map((name) => `${name} has this story open now.`)
      if (told.newer_by)
        notes.push(`${told.newer_by} has saved since you opened this. Saving will show both texts.`)
      if (others.textContent !== notes.join(" ")) others.textContent = notes.join(" ")
    } catch {
      /* the words above say that there is no connection */
    }
  }

  /** What another page left in this browser, as it would be sent now. */
  const fieldsKept = (kept) => {
    const data = new FormData()
    for (const [name, value] of kept.fields) data.append(name, value)
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
    return data
  }

  /** Whether a version of the story says the same by now; "no" when the desk cannot be asked. */
  const isSavedByNow = async (kept) => {
    const question = () => {
      const data = fieldsKept(kept)
      data.set("_ask", "1")
      return data
    }
    const answer = await post(box.dataset.keep, question).catch(() => null)
    return Boolean(answer?.ok && (await answer.json()).is_saved)
  }

  /** Words that a page without connection or login left in this browser: offered, never put back silently. */
  const offerWhatIsHere = async () => {
    const found = { ...sessionStorage, ...localStorage }
    for (const name of Object.keys(found).filter((each) => each.startsWith(placesHere()))) {
      const kept = JSON.parse(found[name])
      if (await isSavedByNow(kept)) forget(name)
      else offer(name, kept)
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
      const answer = await post(box.dataset.keep, () => fieldsKept(kept)).catch(() => null)
      if (!answer?.ok) return
      forget(name)
      isLeaving = true
      const told = await answer.json()
      location.assign(told.work ? `${told.address}?unsaved=${told.work}` : told.address)
    })
  }

  const isUnkept = () => isTouched && !isLeaving && known !== null && typed() !== known
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && isOn && !isBusy && isUnkept()) autosave()
  })
  form.addEventListener("formdata", ({ formData }) => formData.set("turn", `${page}:${turns}`))
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("data-preview")) return
    isLeaving = true
    turns += 1
    known = typed() // if the browser goes back to this page, that is what the desk got
    underWay?.abort()
    // What is sent now: the next page finds it saved and forgets it, or offers it when the save did not arrive.
    if (isKeptHere) keepHere()
    else writeDown(() => sessionStorage)
  })
  addEventListener("pageshow", (event) => {
    if (event.persisted) isLeaving = false
  })
  addEventListener("beforeunload", (event) => {
    if (isUnkept()) event.preventDefault()
  })
  const touched = () => {
    if (!isTouched) known = seen ??= typed()
    isTouched = true
  }
  if (box.dataset.refused) {
    // the save was refused, with a word beside each field: all of it is still unsaved
    isTouched = true
    known = seen = ""
  }
  for (const happening of ["input", "change", "keydown", "paste", "drop", "click"]) {
    // What a script does to a field counts from the first thing that a person does.
    form.addEventListener(
      happening,
      (event) => {
        if (event.isTrusted) touched()
      },
      { capture: true },
    )
  }
  let isPlainTyped = false // the text, before the editor stood in its place
  textArea?.addEventListener("input", (event) => {
    isPlainTyped ||= event.isTrusted
  })
  textArea?.addEventListener("prose-editor:ready", () => {
    // The editor writes the same text in its own way: that is what was loaded.
    if (!isPlainTyped) [known, seen] = [known, seen].map(withBodyNow)
  })
  offerWhatIsHere().catch(() => {
    /* a private window keeps nothing */
  })
  look()
  setInterval(look, LOOK) // until the first touch it follows the body editor, which tidies its field
  setInterval(here, HERE)
  setTimeout(here, 300)
}

if (box && form) start()
