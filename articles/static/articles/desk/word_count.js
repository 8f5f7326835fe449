/* Words and minutes as the desk counts them when the story is saved (articles/text/body.py): a test compares the two. */

// Signs that nobody sees (newsroom/foundation/text.py).
const UNSEEN = new RegExp(
  "[\\u00ad\\u061c\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\x00-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f" +
    "\\u034f\\u17b4\\u17b5\\u180b-\\u180f\\ufeff\\ufff0-\\ufffc\\ud800-\\udfff\\p{Noncharacter_Code_Point}" +
    "\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}]",
  "gu",
)
const HAN = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/gu
const KANA = /[\u3040-\u30ff\uff66-\uff9f]/gu
const WITHOUT_SPACES =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u1aaf\ua9e0-\ua9ff\uaa60-\uaa7f]/gu
const [CHINESE, JAPANESE, SOUTH_EASTERN] = [1.6, 1.85, 5] // signs of a word
const A_MINUTE = 238 // words

/** Half goes to the even number, as Python rounds. */
const round = (number) => {
  const low = Math.floor(number)
  return number - low === 0.5 ? low + (low % 2) : Math.round(number)
}
const split = (text) => text.split(/[\s\x1c-\x1f\x85]+/).filter(Boolean)
const times = (pattern, text) => (text.match(pattern) || []).length

export const wordCount = (typed) => {
  const text = typed.replace(UNSEEN, "")
  const [kana, han, others] = [KANA, HAN, WITHOUT_SPACES].map((pattern) => times(pattern, text))
  if (!kana && !han && !others) return split(text).length
  const rest = text.replace(HAN, " ").replace(KANA, " ").replace(WITHOUT_SPACES, " ")
  const words = split(rest).filter((each) => /[\p{L}\p{N}]/u.test(each)).length
  return words + round((kana + han) / (kana ? JAPANESE : CHINESE) + others / SOUTH_EASTERN)
}

export const readingMinutes = (words) => Math.max(1, round(words / A_MINUTE))

/** Characters of a line as it will be stored: a letter with its marks composed. */
export const signsOf = (line) => [...line.trim().normalize("NFC")].length
