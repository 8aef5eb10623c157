// Zoho guesses the delimiter among these, so each of them is quoted.
const SPECIAL = /[",;:|\r\n]|^\s|\s$/

/** A cell as CSV says it. */
export function quoted(text: string): string {
  return SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
