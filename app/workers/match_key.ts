import { hash } from 'node:crypto'
import { isPlainMatch } from '#engine/plain_match'

/** What the column of match keys holds: a plain value, or the digest of any other. */
export function matchKey(match: string): string
export function matchKey(match: string | null): string | null
export function matchKey(match: string | null): string | null {
  if (match === null || isPlainMatch(match)) return match
  return hash('sha256', match, 'base64url')
}
