import type { HiddenNames } from './hidden_names.js'

export const HIDDEN = '(hidden)'

/**
 * Hides the values of hidden names in JSON, whole or cut short, without reading its numbers: a
 * long id stays as it was written. What it hid is told to `hid`.
 */
export function redactJson(
  text: string,
  hidden: Pick<HiddenNames, 'has' | 'areIn'>,
  hid: (value: string) => void
): string {
  const parts: string[] = []
  let at = 0
  for (;;) {
    const start = text.indexOf('"', at)
    if (start === -1) return parts.join('') + text.slice(at)
    parts.push(text.slice(at, start))
    const end = endOfText(text, start)
    if (end === -1) return `${parts.join('')}"…`
    const token = text.slice(start, end)
    const after = skipBlanks(text, end)
    at = end
    if (text[after] !== ':') {
      const isHidden = hidden.areIn(plainText(token))
      if (isHidden) hid(plainText(token))
      parts.push(isHidden ? `"${HIDDEN}"` : token)
    } else if (hidden.has(plainText(token))) {
      const from = skipBlanks(text, after + 1)
      at = endOfValue(text, from)
      textsIn(text.slice(from, at)).forEach(hid)
      parts.push(token, ': ', `"${HIDDEN}"`)
    } else parts.push(token)
  }
}

function plainText(token: string): string {
  if (!token.includes('\\')) return token.slice(1, -1)
  try {
    return String(JSON.parse(token))
  } catch (error) {
    if (error instanceof SyntaxError) return token.slice(1, -1)
    throw error
  }
}

const skipBlanks = (text: string, at: number): number => {
  while (/\s/.test(text[at] ?? '')) at += 1
  return at
}

/** After the closing quote; -1 where it is cut off. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '"') return at + 1
  }
  return -1
}

function endOfValue(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '"') {
      const end = endOfText(text, at)
      if (end === -1) return text.length
      at = end - 1
    } else if (sign === '{' || sign === '[') depth += 1
    else if (sign === '}' || sign === ']') depth -= 1
    if (depth < 0 || (depth === 0 && sign === ',')) return at
    if (depth === 0 && (sign === '"' || sign === '}' || sign === ']')) return at + 1
  }
  return text.length
}

/** The texts and numbers of a JSON value that may be cut short. */
function textsIn(json: string): string[] {
  const found = json.matchAll(/"((?:[^"\\]|\\.)*)"|[^\s"{}[\],:]+/g)
  return [...found].map(([token, inside]) => inside ?? token)
}
