/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/
const NEEDS_QUOTES = /[",\r\n]|^'|^\s|\s$/

/** A line of a CSV file that no spreadsheet runs: a text that begins like a formula gets an apostrophe before it. */
export function csvLine(cells: Array<string | number | null>): string {
  return `${cells.map(cell).join(',')}\r\n`
}

function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
