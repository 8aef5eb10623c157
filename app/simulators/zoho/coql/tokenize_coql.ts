import { ApiFault } from '../server/api_fault.js'

export interface CoqlToken {
  kind: 'word' | 'text' | 'number' | 'sign' | 'end'
  text: string
  at: number
}

const PATTERN =
  /\s*(?:(?<word>[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)|'(?<text>(?:[^'\\]|\\.|'')*)'|(?<number>-?\d+(?:\.\d+)?)|(?<sign>!=|<>|>=|<=|[=<>(),]))/y

export function syntaxError(clause: string, at: number) {
  return new ApiFault(400, 'SYNTAX_ERROR', 'error occurred while parsing the query', {
    clause,
    line: 1,
    column: at + 1,
  })
}

const unquote = (text: string) => text.replaceAll(/\\(.)|''/g, (_all, sign: string) => sign ?? "'")

export function tokenizeCoql(query: string): CoqlToken[] {
  const tokens: CoqlToken[] = []
  const end = query.trimEnd().length
  for (let at = 0; at < end; at = PATTERN.lastIndex) {
    PATTERN.lastIndex = at
    const groups = PATTERN.exec(query)?.groups
    if (!groups) throw syntaxError('unknown sign', at)
    const { word, text, number, sign } = groups as Record<string, string | undefined>
    if (word !== undefined) tokens.push({ kind: 'word', text: word, at })
    else if (text !== undefined) tokens.push({ kind: 'text', text: unquote(text), at })
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, at })
    else tokens.push({ kind: 'sign', text: sign ?? '', at })
  }
  tokens.push({ kind: 'end', text: '', at: end })
  return tokens
}
