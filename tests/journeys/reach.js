/* Which controls of this page can nobody press? Gives {controls, faults: [sentence]}.

Scrolls as a person does: the window, and what shows a bar of its own. Never `scrollIntoView`, which also moves what is
clipped. `within`: only what stands in there counts, for a menu that lies over the page while it is open. */
;(within) => {
  const CONTROLS =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, label, iframe, " +
    "[contenteditable=true], [tabindex]:not([tabindex='-1']), .prose-menubar__selected"
  // Said to machines only, or a box that another one stands in for (Django's select2, the link to the content).
  const UNSEEN =
    ".visually-hidden, .skip, .skip-to-content-link, .select2-hidden-accessible, " +
    ".prose-menubar__selected *, [aria-hidden=true]"
  const PHONE = 700 // pixels: up to here a table or a row of tools may be moved sideways in its own box
  const GRAIN = 0.45 // of the window's height: how far a page is scrolled at a time
  const root = document.scrollingElement
  const faults = []

  const named = (element) => {
    if (!element) return "nothing"
    const words = (
      element.getAttribute("aria-label") ||
      element.value ||
      element.innerText ||
      element.id ||
      ""
    ).trim()
    const kind = element.classList.length ? `.${[...element.classList].join(".")}` : ""
    return `<${element.tagName.toLowerCase()}${kind}> ${element.name || ""} “${words.replace(/\s+/g, " ").slice(0, 40)}”`
  }

  const isThere = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !element.closest(`${UNSEEN}, [inert]`) &&
    (element.tagName !== "LABEL" || element.control?.checkVisibility())

  /* The largest of the boxes in which it is drawn: a link of several words has one for each line. */
  const largest = (element) =>
    [...element.getClientRects()]
      .filter((box) => box.width && box.height)
      .sort((one, other) => other.width * other.height - one.width * one.height)[0]

  /* Where a control is pressed: its middle, and its four corners a little inside. */
  const PLACES = [
    [0.5, 0.5],
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ] // shares of its width and height; the middle first
  const INSET = 3 // pixels
  const point = (box, [across, down]) => {
    const [x, y] = [Math.min(INSET, box.width / 3), Math.min(INSET, box.height / 3)]
    return {
      x: box.left + x + across * (box.width - 2 * x),
      y: box.top + y + down * (box.height - 2 * y),
    }
  }
  const middle = (element) => point(largest(element), PLACES[0])

  const isIn = ({ x, y }) => x >= 0 && y >= 0 && x < root.clientWidth && y < innerHeight

  const isHit = (element, hit) =>
    hit &&
    (element === hit ||
      element.contains(hit) ||
      hit.closest("label")?.control === element ||
      (element.tagName === "LABEL" && element.control?.contains(hit)))

  /* The boxes that hold the element and do not simply go with the page: remembered, as it is asked at every step. */
  const holders = new Map([[root, []]])
  const heldBy = (element) => {
    if (!element) return []
    if (!holders.has(element)) {
      const { position, top, bottom } = getComputedStyle(element)
      const above = heldBy(element.parentElement)
      const holds = /fixed|sticky/.test(position)
      holders.set(
        element,
        holds
          ? [{ box: element, position, top: parseFloat(top), bottom: parseFloat(bottom) }, ...above]
          : above,
      )
    }
    return holders.get(element)
  }

  /* The box that sticks to an edge of the window and holds the element, while it does. */
  const stuck = (element) =>
    heldBy(element).find(({ box, position, top, bottom }) => {
      if (position === "fixed") return true
      const edges = box.getBoundingClientRect()
      return Math.abs(edges.bottom - innerHeight + bottom) < 2 || Math.abs(edges.top - top) < 2
    })?.box ?? null

  /* What a control is drawn upon, if that is not the box it stands in. */
  const beneath = (element, { x, y }) => {
    if (
      element.closest("details, dialog, thead, .over, .select2-container, .tiptap") ||
      stuck(element)
    )
      return null
    return document
      .elementsFromPoint(x, y)
      .find(
        (each) =>
          !each.contains(element) &&
          !element.contains(each) &&
          each.closest("label")?.control !== element &&
          element.control !== each &&
          !stuck(each),
      )
  }

  const scrollers = (element) => {
    const found = []
    for (
      let box = element.parentElement;
      box && box !== document.body && box !== root;
      box = box.parentElement
    ) {
      const { overflowX, overflowY } = getComputedStyle(box)
      const down = /auto|scroll/.test(overflowY) && box.scrollHeight > box.clientHeight
      const across = /auto|scroll/.test(overflowX) && box.scrollWidth > box.clientWidth
      if (down || across) found.push({ box, down, across })
    }
    return found
  }

  /* Each place of a control that can be pressed, wherever the window is scrolled to, leaves `left`:
  control → Map(index of the place → what is the matter with it). */
  const sweep = (left) => {
    root.scrollTo({ top: 0, behavior: "instant" })
    const goes = [...left.keys()].map((element) => ({
      element,
      box: largest(element),
      held: heldBy(element).length > 0,
    }))
    const step = Math.floor(innerHeight * GRAIN)
    for (let top = 0; ; top += step) {
      root.scrollTo({ top, behavior: "instant" })
      const down = root.scrollTop
      for (const { element, box, held } of goes) {
        if (!held && (!left.has(element) || box.bottom < down || box.top > down + innerHeight))
          continue
        const bar = held && stuck(element)
        if (bar || left.has(element)) tryPlaces(element, largest(element), bar, left)
      }
      if (top + innerHeight >= root.scrollHeight) break
    }
  }

  const tryPlaces = (element, box, bar, left) => {
    const rest = left.get(element)
    PLACES.forEach((place, index) => {
      if (!rest?.has(index) && !(bar && !index)) return
      const at = point(box, place)
      if (!isIn(at)) return
      const hit = document.elementFromPoint(at.x, at.y)
      if (isHit(element, hit) || (index && isNotItsOwn(element, hit))) {
        if (!rest?.delete(index)) return
        if (!rest.size) left.delete(element)
        const under = within || index ? null : beneath(element, at)
        if (under) faults.push(`${named(element)} lies upon ${named(under)}`)
        return
      }
      const how = `is covered by ${named(hit)}`
      rest?.set(index, how)
      if (
        !index &&
        bar &&
        !bar.contains(hit) &&
        !scrollers(element).some(({ box }) => bar.contains(box))
      ) {
        faults.push(`${named(element)} sticks to the window and ${how} at ${root.scrollTop} px`)
      }
    })
  }

  /* A round corner is not drawn, and what lies behind it is hit there; links in words share the space between lines. */
  const isNotItsOwn = (element, hit) =>
    (hit?.contains(element) && parseFloat(getComputedStyle(element).borderRadius) > INSET) ||
    (element.tagName === "A" &&
      hit?.tagName === "A" &&
      hit.parentElement === element.parentElement &&
      /^inline/.test(getComputedStyle(element).display))

  /* Whether this place is hit when the page is scrolled so that it is at one of several heights of the window. */
  const isHitSomewhere = (element, index) =>
    [0.5, 0.25, 0.75, 0.1, 0.9].some((share) => {
      const at = () => point(largest(element), PLACES[index])
      root.scrollTo({ top: root.scrollTop + at().y - innerHeight * share, behavior: "instant" })
      const there = at()
      const hit = isIn(there) && document.elementFromPoint(there.x, there.y)
      return hit && (isHit(element, hit) || (index && isNotItsOwn(element, hit)))
    })

  /* Brings the place to the middle of each box that scrolls in this direction. Whether any does. */
  const moveBoxes = (element, index, direction) => {
    const boxes = scrollers(element).filter((each) => each[direction])
    for (const { box } of boxes) {
      const [at, frame] = [point(largest(element), PLACES[index]), box.getBoundingClientRect()]
      if (direction === "down") box.scrollTop += at.y - (frame.top + box.clientHeight / 2)
      else box.scrollLeft += at.x - (frame.left + box.clientWidth / 2)
    }
    return boxes.length > 0
  }

  /* The rest, one by one: what stands in a box that scrolls is brought to the middle of that box. */
  const broughtTo = (element, index, why) => {
    moveBoxes(element, index, "down")
    if (isHitSomewhere(element, index)) return ""
    if (!moveBoxes(element, index, "across") || !isHitSomewhere(element, index)) return why
    return innerWidth > PHONE ? "is reached by scrolling a box sideways" : ""
  }

  const check = (elements) => {
    const left = new Map()
    for (const element of elements) {
      if (largest(element))
        left.set(element, new Map(PLACES.map((_, index) => [index, "is outside the window"])))
      else faults.push(`${named(element)} has no size`)
    }
    sweep(left)
    for (const [element, rest] of left) {
      for (const [index, why] of rest) {
        const wrong = broughtTo(element, index, why)
        if (wrong) faults.push(`${index ? "a corner of " : ""}${named(element)} ${wrong}`)
        if (wrong) break
      }
    }
    return elements.length
  }

  /* What is raised passes below a bar at the foot of the window, wherever the page is scrolled to. */
  const passBelow = (controls) => {
    const bars = new Set(controls.map(stuck).filter(Boolean))
    for (const bar of bars) {
      const inside = controls.filter((each) => bar.contains(each) && largest(each))
      for (const raised of document.querySelectorAll("#content *")) {
        const { position, zIndex } = getComputedStyle(raised)
        if (
          position === "static" ||
          !(parseInt(zIndex, 10) > 0) ||
          bar.contains(raised) ||
          !isThere(raised)
        )
          continue
        root.scrollTo({ top: 0, behavior: "instant" }) // from there, or it sticks to its own edge
        const [one, other] = [raised.getBoundingClientRect(), bar.getBoundingClientRect()]
        root.scrollBy({
          top: one.top + one.height / 2 - other.top - other.height / 2,
          behavior: "instant",
        })
        if (stuck(bar) !== bar) continue // at this place it goes with the page
        const upon = inside.find((each) =>
          raised.contains(document.elementFromPoint(middle(each).x, middle(each).y)),
        )
        if (upon)
          faults.push(`${named(raised)} passes over ${named(upon)}, which sticks to the window`)
      }
    }
  }

  // --- what lies over the page: a menu that opens upon it, and what fills the window

  const liesOver = (details) =>
    [...details.children].some(
      (part) =>
        part.tagName !== "SUMMARY" && /absolute|fixed/.test(getComputedStyle(part).position),
    )
  const fills = (box) => box.width >= root.clientWidth * 0.95 && box.height >= innerHeight * 0.95

  const all = [...document.querySelectorAll("details")]
  const wasOpen = new Set(all.filter((details) => details.open))
  for (const details of all) details.open = true
  const menus = all.filter(liesOver)
  for (const menu of menus) menu.open = false

  const top =
    document.querySelector("dialog:modal") ||
    [...document.querySelectorAll("body > *")].find(
      (box) =>
        getComputedStyle(box).position === "fixed" &&
        box.checkVisibility() &&
        fills(box.getBoundingClientRect()),
    )
  const scope = (within && document.querySelector(within)) || top || document
  const seen = [...scope.querySelectorAll(CONTROLS)].filter(isThere)
  let controls = check(seen)
  root.scrollTo({ top: root.scrollHeight / 2, behavior: "instant" })
  passBelow(seen)
  if (!within && !top) {
    for (const menu of menus) {
      menu.open = true
      controls += check(
        [...menu.querySelectorAll(CONTROLS)].filter(
          (each) => isThere(each) && !seen.includes(each),
        ),
      )
      menu.open = false
    }
  }

  // --- the page as a whole

  if (root.scrollWidth > innerWidth) {
    const wide = [...document.body.querySelectorAll("*")].filter(
      (each) =>
        each.checkVisibility() &&
        each.getBoundingClientRect().right > innerWidth + 1 &&
        !scrollers(each).some(({ across }) => across),
    )
    const widest = wide.map(named).slice(-3).join(", ")
    faults.push(`the page is ${root.scrollWidth} px wide in a window of ${innerWidth}: ${widest}`)
  }
  for (const image of document.images) {
    if (image.checkVisibility() && image.complete && !image.naturalWidth && image.src)
      faults.push(`broken picture ${image.src}`)
  }
  for (const field of document.querySelectorAll(
    "input[type=date], input[type=time], input[type=datetime-local]",
  )) {
    if (!isThere(field)) continue
    const { width } = field.getBoundingClientRect()
    field.style.setProperty("inline-size", "max-content", "important")
    field.style.setProperty("max-inline-size", "none", "important")
    if (field.getBoundingClientRect().width > width + 1) faults.push(`${named(field)} is cut`)
    field.style.removeProperty("inline-size")
    field.style.removeProperty("max-inline-size")
  }
  for (const element of scope.querySelectorAll("body *")) {
    if (
      element.clientWidth < 2 ||
      element.scrollWidth <= element.clientWidth + 1 ||
      !isThere(element)
    )
      continue
    if (
      !/hidden|clip/.test(getComputedStyle(element).overflowX) ||
      /INPUT|SELECT|TEXTAREA|IFRAME/.test(element.tagName)
    )
      continue
    const { textOverflow, textIndent } = getComputedStyle(element)
    if (textOverflow === "ellipsis" || textIndent.startsWith("-")) continue // a sign of its own stands for the words
    faults.push(`the words of ${named(element)} are cut`)
  }

  for (const box of document.querySelectorAll("input[type=checkbox], input[type=radio]")) {
    const label = box.labels?.[0]
    if (!isThere(box) || !label || label.matches(UNSEEN)) continue
    const words = document.createRange()
    words.selectNodeContents(label)
    const line = [...words.getClientRects()].find(({ width }) => width > 20)
    const { top, height } = box.getBoundingClientRect()
    if (line && Math.abs(top + height / 2 - line.top - line.height / 2) > 12)
      faults.push(`${named(box)} floats beside ${named(label)}`)
  }

  for (const details of all) details.open = wasOpen.has(details)
  root.scrollTo({ top: 0, behavior: "instant" })
  return { controls, faults }
}
