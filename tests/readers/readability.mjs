/* What Mozilla's Readability (the reader view of Firefox) takes from pages: one JSON object a line.
   node readability.mjs TOOLS FILE… */

import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { resolve } from "node:path"

const [tools, ...files] = process.argv.slice(2)
const require = createRequire(resolve(tools, "package.json"))
const { JSDOM } = require("jsdom")
const { Readability } = require("@mozilla/readability")

for (const file of files) {
  const page = new JSDOM(readFileSync(file, "utf8"), { url: "https://news.example/articles/x/" })
  const found = new Readability(page.window.document).parse()
  const { title, byline, publishedTime, textContent, lang, dir } = found ?? {}
  console.log(JSON.stringify({ file, title, byline, date: publishedTime, text: textContent, lang, dir }))
}
