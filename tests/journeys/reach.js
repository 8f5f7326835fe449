/* Which controls of this page can nobody press? Gives {controls, faults: [sentence]}.

Scrolls as a person does: the window, and what shows a bar of its own. Never `scrollIntoView`, which also moves what is
clipped. `within`: only what stands in there counts, for a menu that lies over the page while it is open. */
(within) => {
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, label, iframe, "
    + "[contenteditable=true], [tabindex]:not([tabindex='-1']), .prose-menubar__selected"
  // Said to machines only, or a box that another one stands in for (Django's select2, the link to the content).
  const UNSEEN = ".visually-hidden, .skip, .skip-to-content-link, .select2-hidden-accessible, "
    + ".prose-menubar__selected *, [aria-hidden=true]"
  const PHONE = 700 // pixels: up to here a table or a row of tools may be moved sideways in its own box
  const GRAIN = 0.45 // of the window's height: how far a page is scrolled at a time
  const root = document.scrollingElement
  const faults = []

  const named = (element) => {
    if (!element) return "nothing"
    const words = (element.getAttribute("aria-label") || element.value || element.innerText || element.id || "").trim()
    const kind = element.classList.length ? `.${[...element.classList].join(".")}` : ""
    return `<${element.tagName.toLowerCase()}${kind}> ${element.name || ""} “${words.replace(/\s+/g, " ").slice(0, 40)}”`
  }

  const isThere = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && !element.closest(`${UNSEEN}, [inert]`) && (element.tagName !== "LABEL" || element.control?.checkVisibility())

  const middle = (element) => {
    const boxes = [...element.getClientRects()].filter((box) => box.width && box.height)
    const box = boxes.sort((one, other) => other.width * other.height - one.width * one.height)[0]
    return box && { x: box.left + box.width / 2, y: box.top + box.height / 2, box }
  }

  const isIn = ({ x, y }) => x >= 0 && y >= 0 && x < root.clientWidth && y < innerHeight

  const isHit = (element, hit) => hit && (element === hit || element.contains(hit)
    || hit.closest("label")?.control === element
    || (element.tagName === "LABEL" && element.control?.contains(hit)))

  /* The box that sticks to an edge of the window and holds the element, while it does. */
  const stuck = (element) => {
    for (let box = element; box && box !== root; box = box.parentElement) {
      const { position, top, bottom } = getComputedStyle(box)
      if (position === "fixed") return box
      if (position !== "sticky") continue
      const edges = box.getBoundingClientRect()
      if (bottom !== "auto" && Math.abs(edges.bottom - innerHeight + parseFloat(bottom)) < 2) return box
      if (top !== "auto" && Math.abs(edges.top - parseFloat(top)) < 2) return box
    }
    return null
  }

  /* What a control is drawn upon, if that is not the box it stands in. */
  const beneath = (element, { x, y }) => {
    if (element.closest("details, dialog, thead, .over, .select2-container, .tiptap") || stuck(element)) return null
    return document.elementsFromPoint(x, y).find((each) => !each.contains(element) && !element.contains(each)
      && each.closest("label")?.control !== element && element.control !== each && !stuck(each))
  }

  const scrollers = (element) => {
    const found = []
    for (let box = element.parentElement; box && box !== document.body && box !== root; box = box.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(box)
      const down = /auto|scroll/.test(overflowY) && box.scrollHeight > box.clientHeight
      const across = /auto|scroll/.test(overflowX) && box.scrollWidth > box.clientWidth
      if (down || across) found.push({ box, down, across })
    }
    return found
  }

  /* Each control that is seen at some place of the window's scroll bar leaves `left`. */
  const sweep = (left) => {
    const elements = [...left.keys()]
    const step = Math.floor(innerHeight * GRAIN)
    for (let top = 0; ; top += step) {
      root.scrollTo({ top, behavior: "instant" })
      for (const element of elements) {
        const bar = stuck(element)
        if (!bar && !left.has(element)) continue
        const point = middle(element)
        if (!isIn(point)) continue
        const hit = document.elementFromPoint(point.x, point.y)
        if (isHit(element, hit)) {
          if (!left.delete(element)) continue
          const under = within ? null : beneath(element, point)
          if (under) faults.push(`${named(element)} lies upon ${named(under)}`)
        } else {
          const how = `is covered by ${named(hit)}`
          if (left.has(element)) left.set(element, how)
          if (bar && !bar.contains(hit) && !scrollers(element).some(({ box }) => bar.contains(box))) {
            faults.push(`${named(element)} sticks to the window and ${how} at ${root.scrollTop} px`)
          }
        }
      }
      if (top + innerHeight >= root.scrollHeight) break
    }
  }

  /* The rest, one by one: what stands in a box that scrolls is brought to the middle of that box first. */
  const bring = (element) => {
    for (const { box, down, across } of scrollers(element)) {
      const point = middle(element)
      const frame = box.getBoundingClientRect()
      if (down) box.scrollTop += point.y - (frame.top + box.clientHeight / 2)
      if (across) box.scrollLeft += point.x - (frame.left + box.clientWidth / 2)
    }
    for (const share of [0.5, 0.25, 0.75, 0.1, 0.9]) {
      root.scrollTo({ top: root.scrollTop + middle(element).y - innerHeight * share, behavior: "instant" })
      const point = middle(element)
      if (isIn(point) && isHit(element, document.elementFromPoint(point.x, point.y))) return true
    }
    return false
  }

  const check = (elements) => {
    const left = new Map(elements.map((element) => [element, "is outside the window"]))
    for (const element of elements.filter((each) => !middle(each))) {
      left.delete(element)
      faults.push(`${named(element)} has no size`)
    }
    sweep(left)
    for (const [element, why] of left) {
      if (!bring(element)) faults.push(`${named(element)} ${why}`)
      else if (innerWidth > PHONE && scrollers(element).some(({ across }) => across)) {
        faults.push(`${named(element)} is reached by scrolling a box sideways`)
      }
    }
    return elements.length
  }

  /* What is raised passes below a bar at the foot of the window, wherever the page is scrolled to. */
  const passBelow = (controls) => {
    const bars = new Set(controls.map(stuck).filter(Boolean))
    for (const bar of bars) {
      const inside = controls.filter((each) => bar.contains(each) && middle(each))
      for (const raised of document.querySelectorAll("#content *")) {
        const { position, zIndex } = getComputedStyle(raised)
        if (position === "static" || !(parseInt(zIndex, 10) > 0) || bar.contains(raised) || !isThere(raised)) continue
        root.scrollTo({ top: 0, behavior: "instant" }) // from there, or it sticks to its own edge
        const [one, other] = [raised.getBoundingClientRect(), bar.getBoundingClientRect()]
        root.scrollBy({ top: one.top + one.height / 2 - other.top - other.height / 2, behavior: "instant" })
        if (stuck(bar) !== bar) continue // at this place it goes with the page
        const upon = inside.find((each) => raised.contains(document.elementFromPoint(middle(each).x, middle(each).y)))
        if (upon) faults.push(`${named(raised)} passes over ${named(upon)}, which sticks to the window`)
      }
    }
  }

  // --- what lies over the page: a menu that opens upon it, and what fills the window

  const liesOver = (details) => [...details.children]
    .some((part) => part.tagName !== "SUMMARY" && /absolute|fixed/.test(getComputedStyle(part).position))
  const fills = (box) => box.width >= root.clientWidth * 0.95 && box.height >= innerHeight * 0.95

  const all = [...document.querySelectorAll("details")]
  const wasOpen = new Set(all.filter((details) => details.open))
  for (const details of all) details.open = true
  const menus = all.filter(liesOver)
  for (const menu of menus) menu.open = false

  const top = document.querySelector("dialog:modal") || [...document.querySelectorAll("body > *")]
    .find((box) => getComputedStyle(box).position === "fixed" && box.checkVisibility() && fills(box.getBoundingClientRect()))
  const scope = (within && document.querySelector(within)) || top || document
  const seen = [...scope.querySelectorAll(CONTROLS)].filter(isThere)
  let controls = check(seen)
  root.scrollTo({ top: root.scrollHeight / 2, behavior: "instant" })
  passBelow(seen)
  if (!within && !top) {
    for (const menu of menus) {
      menu.open = true
      controls += check([...menu.querySelectorAll(CONTROLS)].filter((each) => isThere(each) && !seen.includes(each)))
      menu.open = false
    }
  }

  // --- the page as a whole

  if (root.scrollWidth > innerWidth) {
    const wide = [...document.body.querySelectorAll("*")].filter((each) => each.checkVisibility()
      && each.getBoundingClientRect().right > innerWidth + 1 && !scrollers(each).some(({ across }) => across))
    const widest = wide.map(named).slice(-3).join(", ")
    faults.push(`the page is ${root.scrollWidth} px wide in a window of ${innerWidth}: ${widest}`)
  }
  for (const image of document.images) {
    if (image.checkVisibility() && image.complete && !image.naturalWidth && image.src) faults.push(`broken picture ${image.src}`)
  }
  for (const field of document.querySelectorAll("input[type=date], input[type=time], input[type=datetime-local]")) {
    if (!isThere(field)) continue
    const { width } = field.getBoundingClientRect()
    field.style.setProperty("inline-size", "max-content", "important")
    field.style.setProperty("max-inline-size", "none", "important")
    if (field.getBoundingClientRect().width > width + 1) faults.push(`${named(field)} is cut`)
    field.style.removeProperty("inline-size")
    field.style.removeProperty("max-inline-size")
  }
  for (const element of scope.querySelectorAll("body *")) {
    if (element.clientWidth < 2 || element.scrollWidth <= element.clientWidth + 1 || !isThere(element)) continue
    if (!/hidden|clip/.test(getComputedStyle(element).overflowX) || /INPUT|SELECT|TEXTAREA|IFRAME/.test(element.tagName)) continue
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
    if (line && Math.abs(top + height / 2 - line.top - line.height / 2) > 12) faults.push(`${named(box)} floats beside ${named(label)}`)
  }

  for (const details of all) details.open = wasOpen.has(details)
  root.scrollTo({ top: 0, behavior: "instant" })
  return { controls, faults }
}
