/* Which addresses may stand in a link, and what is meant by one that is not written whole: newsroom/foundation/links.py in the
browser's language. tests/journeys/test_links_in_the_editor.py asks both the same questions. */

const LONGEST = 2000
const LONGEST_HOST = 253
const UNSEEN =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g
const JOINERS = { "\u200c": "%E2%80%8C", "\u200d": "%E2%80%8D" }
const SPACES = "\\u0009-\\u000d\\u0020\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000"
const SPACE = new RegExp(`[${SPACES}]`, "g")
const IS_SPACE = new RegExp(`[${SPACES}]`)
const ENCODED = new RegExp(`["<>\\u200c\\u200d${SPACES}]`, "g")
const SCHEME = /^([a-z][a-z0-9+.-]*):([\s\S]*)$/i
const MAIL = /^[^\s@:/?#<>"(),;[\]\\]{1,64}@(?:[\p{L}\p{N}_-]{1,63}\.)+\p{L}{2,63}(?:\?[\s\S]*)?$/u
const TELEPHONE = new RegExp(`^\\+[\\d().${SPACES}\\u2010-\\u2013-]{7,40}$`)
const BARE_HOST =
  /^((?:[\p{L}\p{N}_-]{1,63}\.)+(?:\p{L}{2,63}|xn--[a-z0-9-]{1,59}))\.?(?::\d{1,5})?(?=[/?#]|$)/iu
const FILE =
  /\.(?:html?|php\d?|aspx?|jsp|pdf|docx?|xlsx?|pptx?|txt|rtf|od[st]|jpe?g|png|gif|webp|svg|mp[34]|csv|xml|json|js|css|zip)$/i
const LABEL = /^[\p{L}\p{N}\p{Mn}\p{Mc}_-]{1,63}$/u
const TWICE = /^(?:https?:\/\/)+(?=https?:\/\/)/i
const DOT_BEHIND_HOST = /^(https?:\/\/[^/?#:[\]@]*[^/?#:[\]@.])\.(?=[/?#:]|$)/i
const DESK =
  /^(?:https?:\/\/[^/?#]*\/admin\/(?:articles|authors|newsroom|login|my-desk)(?:[/?#]|$)|\/admin(?:[/?#]|$))/i

const NOTHING = "Type an address."
const TOO_LONG = `An address has at most ${LONGEST} characters.`
const BACKSLASH = "An address has no backslash: write / instead."
const CONTROL =
  "There is a line break or another sign in the address that nobody sees. Type it anew."
const OTHER_HOST = "Begin with https://, or with one / for a page of this site."
const NO_SCHEME = "Begin with https:// (or mailto:, tel:, or / for a page of this site)."
const NO_HOST = "There is no web site in this address: it begins like https://example.com/."
const OF_THE_DESK =
  "That is a page of the desk, which readers cannot open: link the page that they see."
const NO_MAIL = "Behind mailto: stands a mail address."
const NO_TELEPHONE = "Behind tel: stands a number, as in tel:+998711234567."

class NoLink extends Error {}
/** Without the blanks around it: an expression that ends with them takes the square of many blanks. */
const trimmed = (text) => {
  let [start, end] = [0, text.length]
  while (start < end && IS_SPACE.test(text[start])) start += 1
  while (start < end && IS_SPACE.test(text[end - 1])) end -= 1
  return text.slice(start, end)
}
const refuse = (reason) => {
  throw new NoLink(reason)
}
const lengthOf = (text) => [...text].length
const encoded = (address) =>
  address.replace(
    ENCODED,
    (sign) =>
      JOINERS[sign] ||
      (/["<>]/.test(sign) ? `%${sign.charCodeAt(0).toString(16).toUpperCase()}` : "%20"),
  )
const dialled = (number) => number.replace(SPACE, "").replace(/[\u2010-\u2013]/g, "-")

const hasPlainHost = (address) => {
  const authority = /^[a-z]+:\/\/([^/?#]*)/i.exec(address)[1]
  const [, host, port] = /^(.*?)(?::(\d*))?$/s.exec(authority)
  if (/^https?$/i.test(host) || authority.includes("@") || Number(port || 0) > 65535) return false
  if (authority.startsWith("[")) return URL.canParse?.(address) ?? true
  const lower = host.toLowerCase()
  if (lower.normalize("NFKC") !== lower || lengthOf(host) > LONGEST_HOST) return false
  return lower
    .replace(/\.$/, "")
    .split(".")
    .every((label) => LABEL.test(label))
}

const mail = (rest) => {
  const [, people, says] = /^([^?]*)([\s\S]*)$/.exec(trimmed(rest))
  if (!trimmed(rest) || people.replace(SPACE, "").startsWith("/")) refuse(NO_MAIL)
  return encoded(people.replace(SPACE, "") + says)
}
const telephone = (rest) => {
  const number = dialled(rest)
  if (!number || number.startsWith("/")) refuse(NO_TELEPHONE)
  return encoded(number)
}

const inOneForm = (value) => value.replace(TWICE, "").replace(DOT_BEHIND_HOST, "$1")

const withScheme = (value) => {
  if (value.startsWith("#")) return encoded(value)
  if (DESK.test(value)) refuse(OF_THE_DESK)
  if (value.startsWith("//")) refuse(OTHER_HOST)
  if (value.startsWith("/")) return encoded(value)
  const bare = BARE_HOST.exec(value)
  if (bare)
    return FILE.test(bare[1]) ? refuse(OTHER_HOST) : withScheme(inOneForm(`https://${value}`))
  if (MAIL.test(value)) return encoded(`mailto:${value}`)
  if (TELEPHONE.test(value)) return `tel:${dialled(value)}`
  const [, name = "", rest = ""] = SCHEME.exec(value) || []
  const scheme = name.toLowerCase()
  if (scheme === "mailto") return `${name}:${mail(rest)}`
  if (scheme === "tel") return `${name}:${telephone(rest)}`
  if (!["http", "https"].includes(scheme)) refuse(NO_SCHEME)
  if (!rest.startsWith("//") || !hasPlainHost(value)) refuse(NO_HOST)
  return encoded(value)
}

const understood = (typed) => {
  let value = trimmed(typed.replace(UNSEEN, ""))
  if (value.startsWith("<") && value.endsWith(">")) value = trimmed(value.slice(1, -1))
  if (!value) refuse(NOTHING)
  if (lengthOf(value) > LONGEST) refuse(TOO_LONG)
  if (value.includes("\\")) refuse(BACKSLASH)
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value)) refuse(CONTROL)
  const found = withScheme(inOneForm(value))
  if (lengthOf(found) > LONGEST) refuse(TOO_LONG)
  if (/\p{Cf}/u.test(found)) refuse(CONTROL)
  return found
}

/** {href} of an address that was typed or pasted, completed and encoded; or {reason}, why it cannot be a link. */
export const completed = (typed) => {
  try {
    return { href: understood(typed ?? "") }
  } catch (refused) {
    if (!(refused instanceof NoLink)) throw refused
    return { reason: refused.message }
  }
}
