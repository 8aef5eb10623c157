import type { IncomingHttpHeaders } from 'node:http'
import { DeskFault, unprocessable } from './desk_fault.js'
import type { DeskModule } from './desk_modules.js'
import type { Helpdesk } from './helpdesk.js'

/** One call to a module of Desk. */
export interface DeskCall {
  desk: Helpdesk
  module: DeskModule
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: Buffer
}

export function sentObject({ body }: Pick<DeskCall, 'body'>): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new DeskFault(422, 'INVALID_DATA', `The body is no JSON: ${reason}`)
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>
  }
  throw new DeskFault(422, 'INVALID_DATA', 'The body must be a JSON object')
}

/** Desk refuses a parameter that it does not know. */
export function checkParams({ query }: Pick<DeskCall, 'query'>, known: readonly string[]) {
  const strange = [...query.keys()].filter((name) => !known.includes(name))
  if (strange.length > 0) throw unprocessable(strange)
}

export function whole(
  { query }: Pick<DeskCall, 'query'>,
  name: string,
  fallback: number,
  [least, most]: readonly [number, number]
) {
  const text = query.get(name) ?? String(fallback)
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  throw unprocessable([name])
}
