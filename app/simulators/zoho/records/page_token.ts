import { createHash } from 'node:crypto'
import { ApiFault } from '../server/api_fault.js'
import { isObject, type Call } from '../server/call.js'
import type { RowPlace } from './sort_rows.js'

const DAY = 24 * 60 * 60 * 1000

interface PageToken {
  /** What the token is bound to: user, module and parameters. */
  bound: string
  /** Records given before. */
  given: number
  last: RowPlace
  expiresAt: number
}

function boundTo(call: Call) {
  const params = [...call.query].filter(([name]) => name !== 'page' && name !== 'page_token')
  const parts = [call.user.id, call.params.module, params.sort(), call.header('if-modified-since')]
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)
}

export function writeToken(call: Call, given: number, last: RowPlace) {
  const expiresAt = call.org.clock.now() + DAY
  const token: PageToken = { bound: boundTo(call), given, last, expiresAt }
  return { text: Buffer.from(JSON.stringify(token)).toString('base64url'), expiresAt }
}

function isToken(value: unknown): value is PageToken {
  return isObject(value) && typeof value.bound === 'string' && isObject(value.last)
}

function decode(text: string) {
  const details = { param_name: 'page_token' }
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch (error) {
    throw new ApiFault(400, 'INVALID_DATA', 'invalid data', { ...details, cause: String(error) })
  }
  if (isToken(value)) return value
  throw new ApiFault(400, 'INVALID_DATA', 'invalid data', details)
}

export function readToken(call: Call) {
  const text = call.query.get('page_token')
  if (text === null) return null
  const details = { param_name: 'page_token' }
  if (call.query.has('page')) {
    throw new ApiFault(
      400,
      'AMBIGUITY_DURING_PROCESSING',
      'page and page_token exclude each other',
      {
        ambiguity_due_to: [{ param_name: 'page' }, details],
      }
    )
  }
  const token = decode(text)
  if (token.expiresAt <= call.org.clock.now()) {
    throw new ApiFault(400, 'EXPIRED_VALUE', 'the page token is expired', details)
  }
  if (token.bound !== boundTo(call)) {
    const message = 'the page token was given for other parameters'
    throw new ApiFault(400, 'TOKEN_BOUND_DATA_MISMATCH', message, details)
  }
  return token
}
