const DELIMITERS = [',', ';', ':', '|']

function findDelimiter(header: string) {
  const counts = DELIMITERS.map((sign) => header.split(sign).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))]
}

/** A quoted cell from its opening quote: its text and where it ends. */
function readQuoted(text: string, from: number) {
  let cell = ''
  let at = from + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return { cell: cell + text.slice(at), end: text.length }
    cell += text.slice(at, quote)
    if (text[quote + 1] !== '"') return { cell, end: quote + 1 }
    cell += '"'
    at = quote + 2
  }
}

function readPlain(text: string, from: number, delimiter: number) {
  let end = from
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end)
    if (code === delimiter || code === 10 || code === 13) break
  }
  return { cell: text.slice(from, end), end }
}

/** Rows of a CSV, one at a time, so that a reader may stop between two of them. */
export function* readCsv(given: string): Generator<string[]> {
  const text = given.startsWith('\uFEFF') ? given.slice(1) : given
  const sign = findDelimiter(/^[^\r\n]*/.exec(text)?.[0] ?? '').charCodeAt(0)
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    const quoted = text[at] === '"' ? readQuoted(text, at) : { cell: '', end: at }
    const { cell, end } = readPlain(text, quoted.end, sign)
    row.push(quoted.cell + cell)
    at = end
    if (text.charCodeAt(at) === sign) {
      at += 1
      if (at < text.length) continue
      row.push('')
    }
    if (text[at] === '\r') at += 1
    if (text[at] === '\n') at += 1
    if (row.length > 1 || row[0] !== '') yield row
    row = []
  }
}
