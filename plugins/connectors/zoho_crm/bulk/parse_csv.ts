const QUOTE = '"'
const [COMMA, LINE_FEED, RETURN] = [',', '\n', '\r'].map((sign) => sign.charCodeAt(0))

/** Where a quoted cell that starts at `from` ends: the place of its closing quote. */
function closingQuote(text: string, from: number) {
  let at = text.indexOf(QUOTE, from + 1)
  while (at !== -1 && text[at + 1] === QUOTE) at = text.indexOf(QUOTE, at + 2)
  if (at === -1) throw new Error('A quoted cell does not end')
  return at
}

/** The end of a plain cell: the next comma or line break. */
function plainEnd(text: string, from: number) {
  for (let at = from; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (sign === COMMA || sign === LINE_FEED || sign === RETURN) return at
  }
  return text.length
}

/** Rows of cells one by one, quoting as in RFC 4180. Empty lines are no rows. */
export function* parseCsv(text: string): Generator<string[], void> {
  let row: string[] = []
  let at = text.startsWith('\uFEFF') ? 1 : 0
  while (at < text.length) {
    let end: number
    if (text[at] === QUOTE) {
      end = closingQuote(text, at) + 1
      row.push(text.slice(at + 1, end - 1).replaceAll('""', QUOTE))
    } else {
      end = plainEnd(text, at)
      row.push(text.slice(at, end))
    }
    if (text[end] === ',') {
      at = end + 1
      if (at < text.length) continue
      row.push('')
    } else at = text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1
    if (row.length > 1 || row[0] !== '') yield row
    row = []
  }
}

/** The first cell of each line; each ends in a line feed, as `writeCsv` writes them. */
export function* firstCells(text: string): Generator<string, void> {
  let quote = text.indexOf(QUOTE)
  for (let at = 0; at < text.length;) {
    const isQuoted = quote === at
    const end = isQuoted ? closingQuote(text, at) : plainEnd(text, at)
    yield isQuoted ? text.slice(at + 1, end).replaceAll('""', QUOTE) : text.slice(at, end)
    if (isQuoted) quote = text.indexOf(QUOTE, end + 1)
    let feed = text.indexOf('\n', end)
    while (quote !== -1 && quote < feed) {
      const closing = closingQuote(text, quote)
      feed = text.indexOf('\n', closing)
      quote = text.indexOf(QUOTE, closing + 1)
    }
    at = feed + 1
  }
}
