/* Elements of what is pasted: which are blocks, which may stay, and how one becomes another. */

export const KEPT = new Set(
  "P BR HR STRONG EM A UL OL LI BLOCKQUOTE TABLE CAPTION THEAD TBODY TR TD TH H2 H3".split(" "),
)

export const HOLDERS =
  "div, section, article, figure, figcaption, aside, main, header, footer, address, dt, dd"

export const BLOCKS = `p, ul, ol, li, table, blockquote, hr, h1, h2, h3, h4, h5, h6, pre, ${HOLDERS}`

export const unwrap = (element) => element.replaceWith(...element.childNodes)

export const renamed = (element, name, attributes = {}) => {
  const other = element.ownerDocument.createElement(name)
  for (const [key, value] of Object.entries(attributes)) other.setAttribute(key, value)
  other.append(...element.childNodes)
  element.replaceWith(other)
  return other
}

export const wrapContents = (element, name) => {
  const inner = element.ownerDocument.createElement(name)
  inner.append(...element.childNodes)
  element.append(inner)
}

export const isEmpty = (element) =>
  !element.textContent.replace(/[\s\u200b\ufeff]/g, "") && !element.querySelector("hr, figure")
