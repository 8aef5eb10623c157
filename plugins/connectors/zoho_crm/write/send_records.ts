import type { Context, HttpRequest, StreamDescription } from '#sdk'
import { call } from '../api/call.js'
import { jsonBytes } from './json_bytes.js'
import { readSuccesses } from './read_successes.js'
import type { WriteReply } from './write_reply.js'
import { zohoTimes } from './zoho_times.js'

/** Zoho shares ten places among all calls that carry more records than this. */
const LIGHT = 10

export const recordCost = (records: number) => Math.ceil(records / 10)

/** Sends records that are JSON already. */
export async function sendRecords(
  ctx: Context,
  stream: StreamDescription,
  to: { method: 'POST' | 'PUT'; url: string; tail: string; headers?: { [name: string]: string } },
  json: string[]
): Promise<WriteReply> {
  const times = zohoTimes(stream)
  const request: HttpRequest = {
    method: to.method,
    url: to.url,
    headers: { 'content-type': 'application/json', ...to.headers },
    body: jsonBytes('{"data":[', times ? json.map(times) : json, `]${to.tail}}`),
    credits: recordCost(json.length),
    ...(json.length > LIGHT ? { lane: 'heavy' } : {}),
  }
  const reply = await call(ctx, request, 'write', readSuccesses)
  return reply.body ?? { data: [] }
}
