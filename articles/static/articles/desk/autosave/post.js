/* Sending to the desk, with a token that still counts. */
import { box } from "./form.js"

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

/** The desk's answer to what `data()` makes; made anew when the token had to be. */
export const post = async (address, data, signal) => {
  const send = () => fetch(address, { method: "POST", body: data(), redirect: "manual", signal })
  let answer = await send()
  if (answer.status === 403 && (await refreshToken())) answer = await send()
  return answer
}
