const TOKENS = /"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^"{}[\],:\s]+/gs

/** JSON with a line for each field, also where its end is cut off; no number is read, so none is rounded. */
export function indented(json: string): string {
  let depth = 0
  let text = ''
  let last = ''
  for (const token of json.match(TOKENS) ?? []) {
    const isEnd = token === '}' || token === ']'
    const isBegun = last === '{' || last === '['
    if (isEnd) depth -= 1
    if (isEnd !== isBegun || last === ',') text += `\n${'  '.repeat(Math.max(0, depth))}`
    text += token === ':' ? ': ' : token
    if (token === '{' || token === '[') depth += 1
    last = token
  }
  return text
}
