import { readToken, writeToken } from '../records/page_token.js'
import type { Call } from '../server/call.js'

/** A related list goes on by how many were given; its token is bound as that of any list. */
export function writeRelatedToken(call: Call, given: number) {
  return writeToken(call, given, { second: 0, id: call.params.id }).text
}

export function readRelatedToken(call: Call) {
  return readToken(call)?.given ?? null
}
