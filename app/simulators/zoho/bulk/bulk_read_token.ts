import { createHash } from 'node:crypto'
import { ApiFault } from '../server/api_fault.js'
import { isObject } from '../server/call.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { BulkReadQuery } from './bulk_read_query.js'

const DAY = 24 * 60 * 60 * 1000

interface ReadToken {
  query: BulkReadQuery
  expiresAt: number
}

function seal({ zgid }: SimulatedOrg, userId: string, text: string) {
  return createHash('sha256').update(`${zgid}|${userId}|${text}`).digest('base64url').slice(0, 16)
}

/** The token of the next page: the query itself and where it goes on; a day, and for its user. */
export function writeReadToken(
  org: SimulatedOrg,
  query: BulkReadQuery,
  { userId, at }: { userId: string; at: number }
) {
  const token: ReadToken = { query, expiresAt: at + DAY }
  const text = Buffer.from(JSON.stringify(token)).toString('base64url')
  return `${text}.${seal(org, userId, text)}`
}

function isReadToken(value: unknown): value is ReadToken {
  return isObject(value) && isObject(value.query)
}

export function readReadToken(org: SimulatedOrg, userId: string, sent: unknown): BulkReadQuery {
  const details = { api_name: 'page_token', json_path: '$.query.page_token' }
  const [text, mark] = String(sent).split('.')
  if (mark !== seal(org, userId, text)) {
    throw new ApiFault(400, 'INVALID_DATA', 'the page token is not valid', details)
  }
  const token: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  if (!isReadToken(token)) throw new ApiFault(400, 'INVALID_DATA', 'invalid data', details)
  if (token.expiresAt > org.clock.now()) return token.query
  throw new ApiFault(400, 'EXPIRED_VALUE', 'the page token is expired', details)
}
