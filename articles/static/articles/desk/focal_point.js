/* The focal point: press on the picture, or type tenths; the crops follow at once. */

const image = document.querySelector(".focal-picture")
const across = document.getElementById("id_focal_x")
const down = document.getElementById("id_focal_y")
const SHAPES = [
  ["Cards, 3:2", 3, 2],
  ["Square", 1, 1],
  ["Links on other sites", 1200, 630],
]
const HEIGHT = 110 // pixels of a crop on the form

const between = (value, least, most) => Math.min(Math.max(value, least), most)
const tenths = (field) => between(Math.round(Number(field.value) || 0), 0, 10)

/** What is cut out, as drawImage takes it. The same arithmetic as articles/crops.py. */
const cut = (wide, high) => {
  const [width, height] = [image.naturalWidth, image.naturalHeight]
  const w = Math.max(1, Math.min(width, Math.floor((height * wide) / high)))
  const h = Math.max(1, Math.min(height, Math.floor((width * high) / wide)))
  const left = Math.floor((width * tenths(across)) / 10) - Math.floor(w / 2)
  const top = Math.floor((height * tenths(down)) / 10) - Math.floor(h / 2)
  return [between(left, 0, width - w), between(top, 0, height - h), w, h]
}

/** The picture on a stage, with a cross where the focal point is. */
const makeStage = () => {
  const stage = document.createElement("div")
  stage.className = "focal-stage"
  image.before(stage)
  const cross = document.createElement("span")
  cross.className = "focal-cross"
  cross.setAttribute("aria-hidden", "true")
  stage.append(image, cross)
  return { stage, cross }
}

const makeCrop = ([words, wide, high]) => {
  const figure = document.createElement("figure")
  const canvas = document.createElement("canvas")
  canvas.height = HEIGHT
  canvas.width = Math.round((HEIGHT * wide) / high)
  canvas.setAttribute("role", "img")
  canvas.setAttribute("aria-label", words)
  const caption = document.createElement("figcaption")
  caption.textContent = words
  figure.append(canvas, caption)
  const draw = () => {
    canvas.getContext("2d").drawImage(image, ...cut(wide, high), 0, 0, canvas.width, canvas.height)
  }
  return { figure, draw }
}

const start = () => {
  const { stage, cross } = makeStage()
  const crops = SHAPES.map(makeCrop)
  const shown = document.createElement("div")
  shown.className = "focal-crops"
  shown.setAttribute("role", "group")
  shown.setAttribute("aria-label", "How it is cut")
  shown.append(...crops.map(({ figure }) => figure))
  down.closest(".form-row").append(shown)

  const show = () => {
    cross.style.left = `${tenths(across) * 10}%`
    cross.style.top = `${tenths(down) * 10}%`
    for (const { draw } of crops) draw()
  }
  stage.addEventListener("click", (event) => {
    const area = image.getBoundingClientRect()
    across.value = between(Math.round(((event.clientX - area.left) / area.width) * 10), 0, 10)
    down.value = between(Math.round(((event.clientY - area.top) / area.height) * 10), 0, 10)
    show()
  })
  for (const field of [across, down]) field.addEventListener("input", show)
  if (image.complete) show()
  else image.addEventListener("load", show)
}

if (image && across && down) start()
