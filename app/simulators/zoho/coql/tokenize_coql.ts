import { ApiFault } from '../server/api_fault.js'

export interface CoqlToken {
  kind: 'word' | 'text' | 'number' | 'sign' | 'end'
  text: string
  at: number
}

const PATTERN =
  /\s*(?:(?<word>[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*(?:#\d+)?)|'(?<text>(?:[^'\\]|\\.|'')*)'|(?<number>-?\d+(?:\.\d+)?)|(?<sign>!=|<>|>=|<=|[=<>(),]))/y

const NEAR = 20

/** What was expected, and where the query is not what it should be. */
export function syntaxError(query: string, clause: string, at: number) {
  const before = query.slice(0, at).split('\n')
  return new ApiFault(400, 'SYNTAX_ERROR', 'error occurred while parsing the query', {
    clause,
    near: query.slice(at, at + NEAR).trim(),
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
  })
}

const unquote = (text: string) => text.replaceAll(/\\(.)|''/g, (_all, sign: string) => sign ?? "'")

export function tokenizeCoql(query: string): CoqlToken[] {
  const tokens: CoqlToken[] = []
  const end = query.trimEnd().length
  for (let at = 0; at < end; at = PATTERN.lastIndex) {
    PATTERN.lastIndex = at
    const groups = PATTERN.exec(query)?.groups
    if (!groups) throw syntaxError(query, 'unknown sign', at)
    const { word, text, number, sign } = groups as Record<string, string | undefined>
    const start = at + (/\s*/y.exec(query.slice(at))?.[0].length ?? 0)
    if (word !== undefined) tokens.push({ kind: 'word', text: word, at: start })
    else if (text !== undefined) tokens.push({ kind: 'text', text: unquote(text), at: start })
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, at: start })
    else tokens.push({ kind: 'sign', text: sign ?? '', at: start })
  }
  tokens.push({ kind: 'end', text: '', at: end })
  return tokens
}
