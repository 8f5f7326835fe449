/* Links of what is pasted, as the rule has them. */
import { completed } from "./link_rule.js"
import { unwrap } from "./paste_elements.js"
import { quoted } from "./paste_words.js"

/** The address behind a redirect of Google or Outlook; any other address as it is. */
const behindRedirect = (href) => {
  try {
    const url = new URL(href)
    const isGoogle = /(^|\.)google\.[a-z.]+$/.test(url.hostname) && url.pathname === "/url"
    const isOutlook = url.hostname.endsWith("safelinks.protection.outlook.com")
    return (
      (isGoogle && (url.searchParams.get("q") || url.searchParams.get("url"))) ||
      (isOutlook && url.searchParams.get("url")) ||
      href
    )
  } catch {
    return href
  }
}

/** Links as the rule has them; returns a sentence for each that cannot be one. */
export const completeLinks = (page) => {
  const said = []
  for (const link of [...page.body.querySelectorAll("a")]) {
    const typed = behindRedirect(link.getAttribute("href") ?? "")
    const { href, reason } = completed(typed)
    const words = link.textContent.trim().split(/\s+/)
    if (href && !href.startsWith("#")) link.setAttribute("href", href)
    else unwrap(link) // without an address it is a bookmark
    if (typed && words[0] && (reason || href.startsWith("#"))) {
      said.push(
        `${quoted(words, 6)} is no link any more: “${typed.slice(0, 60)}” leads nowhere from here.`,
      )
    }
  }
  return said
}
