/* Arrange with buttons or by dragging. Without this script the number fields and addresses do the same.

A slot moves whole: its story with its own words, picture and times, so that none of them lands on another story. */

const form = document.getElementById("arrange")
const PARTS = ["story", "auto", "headline", "dek", "photo", "begins", "ends", "is_sponsored"]
let isDirty = false

const say = document.createElement("p")
say.setAttribute("role", "status")
say.className = "visually-hidden"

const part = (slot, name) => slot.querySelector(`[name$="-${name}"]`)
const zoneName = (slot) => slot.closest("fieldset").querySelector("legend").textContent
const storyOf = (slot) => part(slot, "story").value
const read = (slot) =>
  PARTS.map((name) => (name === "is_sponsored" ? part(slot, name).checked : part(slot, name).value))
const write = (slot, values) => {
  PARTS.forEach((name, index) => {
    if (name === "is_sponsored") part(slot, name).checked = values[index]
    else part(slot, name).value = values[index]
  })
  part(slot, "photo").dispatchEvent(new Event("input")) // its picture is shown beside it
  isDirty = true
}
const only = (address) =>
  PARTS.map((name) => (name === "story" ? address : name === "is_sponsored" ? false : ""))
const isFree = (slot) => read(slot).every((value) => !value)
const swap = (one, other) => {
  const kept = read(one)
  write(one, read(other))
  write(other, kept)
}
const told = (slot) => {
  say.textContent = `${storyOf(slot) || "Automatic"}: ${zoneName(slot)}, place ${part(slot, "rank").value}`
}

const button = (words, title, act) => {
  const made = document.createElement("button")
  made.type = "button"
  made.className = "act"
  made.textContent = words
  made.setAttribute("aria-label", title)
  made.addEventListener("click", act)
  return made
}

/* What is in a slot changes places with its neighbour; the focus goes with it. */
const move = (slot, by) => {
  const other = by < 0 ? slot.previousElementSibling : slot.nextElementSibling
  if (!other) return
  swap(slot, other)
  other.querySelector(by < 0 ? ".up" : ".down").focus()
  told(other)
}

const putInto = (zone, address) => {
  const slots = [...zone.querySelectorAll(".slot")]
  const free = slots.find(isFree)
  if (!free) {
    say.textContent = `${zone.querySelector("legend").textContent} is full. Make a place automatic first.`
    say.className = "errornote"
    return
  }
  say.className = "visually-hidden"
  write(free, only(address))
  free.closest("details.places").open = true
  part(free, "story").focus()
  told(free)
}

/* --- Dragging: a slot onto a slot, or a story at hand onto a slot. */
let dragged = null // the slot on its way; null when it is a story at hand

const drop = (slot, event) => {
  event.preventDefault()
  const address = event.dataTransfer.getData("text/plain")
  if (dragged && dragged !== slot) swap(dragged, slot)
  else if (!dragged && address.startsWith("/articles/")) {
    if (isFree(slot)) write(slot, only(address))
    else putInto(slot.closest("fieldset"), address)
  }
  dragged = null
  told(slot)
}

const makeDraggable = (slot) => {
  slot.draggable = true
  slot.addEventListener("dragstart", (event) => {
    if (event.target !== slot) return
    dragged = slot
    // Firefox drags nothing that carries nothing.
    event.dataTransfer.setData("text/plain", storyOf(slot))
  })
  slot.addEventListener("dragover", (event) => event.preventDefault())
  slot.addEventListener("drop", (event) => drop(slot, event))
  /* Fields inside a draggable row must stay selectable. */
  for (const field of slot.querySelectorAll("input, textarea, select")) {
    field.addEventListener("focus", () => {
      slot.draggable = false
    })
    field.addEventListener("blur", () => {
      slot.draggable = true
    })
  }
}

const addButtons = (slot) => {
  const up = button("↑", `Up in ${zoneName(slot)}`, () => move(slot, -1))
  const down = button("↓", `Down in ${zoneName(slot)}`, () => move(slot, 1))
  up.classList.add("up")
  down.classList.add("down")
  const clear = button("×", `Make this place of ${zoneName(slot)} automatic`, () => {
    write(slot, only(""))
    told(slot)
  })
  slot.querySelector(".slot-line").append(up, down, clear)
}

/* --- Stories at hand: each is put into a zone by a choice, or dragged. */
const offerZones = (item, zones) => {
  const choice = document.createElement("select")
  choice.setAttribute("aria-label", `Put “${item.querySelector("strong").textContent}” into`)
  choice.append(new Option("Put into …", ""))
  for (const zone of zones)
    choice.append(new Option(zone.querySelector("legend").textContent, zone.dataset.zone))
  choice.addEventListener("change", () => {
    const zone = zones.find((each) => each.dataset.zone === choice.value)
    if (zone) putInto(zone, item.dataset.address)
    choice.value = ""
  })
  item.append(choice)
  item.draggable = true
  item.addEventListener("dragstart", (event) => {
    dragged = null
    event.dataTransfer.setData("text/plain", item.dataset.address)
  })
}

/* The strip, an old version and the other pages have forms and links of their own: nobody loses a page to them. */
const warnBeforeLeaving = () => {
  form.addEventListener("input", () => {
    isDirty = true
  })
  // A photo comes from Django's popup as jQuery's event.
  window.django.jQuery(form).on("change", () => {
    isDirty = true
  })
  form.addEventListener("submit", (event) => {
    if (event.submitter?.formTarget !== "_blank") isDirty = false
  })
  addEventListener("beforeunload", (event) => {
    if (isDirty) event.preventDefault()
  })
}

if (form) {
  form.prepend(say)
  for (const slot of form.querySelectorAll(".slot")) {
    addButtons(slot)
    makeDraggable(slot)
  }
  const zones = [...form.querySelectorAll("fieldset[data-zone]")]
  for (const item of document.querySelectorAll("#at-hand [data-address]")) offerZones(item, zones)
  warnBeforeLeaving()
}
