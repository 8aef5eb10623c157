import { hash } from 'node:crypto'

/** What the column of match keys holds; longer values are kept as their digest. */
const LONGEST_MATCH = 40
const PLAIN = /^[\x20-\x7e]*$/

export function matchKey(match: string): string
export function matchKey(match: string | null): string | null
export function matchKey(match: string | null): string | null {
  if (match === null || (match.length <= LONGEST_MATCH && PLAIN.test(match))) return match
  return hash('sha256', match, 'base64url')
}
