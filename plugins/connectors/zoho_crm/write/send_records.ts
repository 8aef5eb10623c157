import type { Context, HttpRequest, StreamDescription } from '#sdk'
import { call } from '../api/call.js'
import { readSuccesses } from './read_successes.js'
import type { WriteReply } from './write_reply.js'
import { zohoTimes } from './zoho_times.js'

/** Zoho shares ten places among all calls that carry more records than this. */
const LIGHT = 10

export const recordCost = (records: number) => Math.ceil(records / 10)

/** Joined once: a text put together from long ones is copied again before it is sent. */
function inOnePiece(json: string[], tail: string): string {
  const parts = [...json]
  parts[0] = `{"data":[${parts[0] ?? ''}`
  parts[parts.length - 1] += `]${tail}}`
  return parts.join(',')
}

/** Sends records that are JSON already. */
export async function sendRecords(
  ctx: Context,
  stream: StreamDescription,
  to: { method: 'POST' | 'PUT'; url: string; tail: string; headers?: { [name: string]: string } },
  json: string[]
): Promise<WriteReply> {
  const request: HttpRequest = {
    method: to.method,
    url: to.url,
    headers: { 'content-type': 'application/json', ...to.headers },
    // As a text it would be moved by the garbage collector while the call is under way.
    body: Buffer.from(zohoTimes(stream, inOnePiece(json, to.tail))),
    credits: recordCost(json.length),
    ...(json.length > LIGHT ? { lane: 'heavy' } : {}),
  }
  const reply = await call(ctx, request, 'write', readSuccesses)
  return reply.body ?? { data: [] }
}
