import type { Fault } from '../control/fault_rule.js'
import { ApiFault } from './api_fault.js'
import type { Reply } from './call.js'

const GATEWAY = new Set([502, 503, 504])

/** The reply of a `status` fault; a gateway's own errors are pages, not JSON. */
export function forcedReply({ status, body }: Extract<Fault, { kind: 'status' }>): Reply {
  const text = body ?? (GATEWAY.has(status) ? `<html><body>${status}</body></html>` : undefined)
  if (typeof text === 'string') {
    return { status, bytes: Buffer.from(text), headers: { 'Content-Type': 'text/html' } }
  }
  if (text !== undefined) return { status, body: text }
  const isMany = status === 429
  const code = isMany ? 'TOO_MANY_REQUESTS' : 'INTERNAL_ERROR'
  const message = isMany ? 'You have made too many requests' : 'Internal Server Error'
  return { status, body: new ApiFault(status, code, message).body }
}
