import { ConnectorError, type Context, type RecordOutcome, type WriteBatch } from '#sdk'
import { optionsOf } from './options_of.js'
import { sendCall, type Answered } from './send_call.js'

/** Calls beyond the first by which the culprits of a refused call are looked for. */
const MOST_CALLS = 60
/** Refusals of what a call holds. All others would be the same for each part of it. */
const OF_CONTENT = [400, 409, 413, 415, 422]

/**
 * Sends a batch. One bad record may be why a whole call is refused: its halves are sent on until
 * it stands alone, where that can write no record twice.
 */
export async function sendParts(ctx: Context, batch: WriteBatch): Promise<RecordOutcome[]> {
  const { repeatable, writesAllOrNothing } = optionsOf(batch.stream, batch.options)
  const mayPart = repeatable || writesAllOrNothing
  const outcomes: RecordOutcome[] = []
  const waiting = [{ from: 0, until: batch.records.length }]
  for (let calls = 0; waiting.length > 0; calls += 1) {
    const { from, until } = waiting.shift() as (typeof waiting)[number]
    const answered = await sendPart(ctx, batch, { from, until, isFirst: calls === 0 })
    if (answered === null) continue
    const { status, isRefused } = answered
    const hasCalls = calls + waiting.length + 3 <= MOST_CALLS
    if (mayPart && isRefused && until - from > 1 && OF_CONTENT.includes(status) && hasCalls) {
      const middle = from + Math.ceil((until - from) / 2)
      waiting.push({ from, until: middle }, { from: middle, until })
      continue
    }
    for (const each of answered.outcomes) outcomes.push({ ...each, index: each.index + from })
  }
  return outcomes
}

type Part = { from: number; until: number; isFirst: boolean }

/** Null leaves the part's records without an outcome: others are through, so nothing is thrown any more. */
async function sendPart(
  ctx: Context,
  batch: WriteBatch,
  { from, until, isFirst }: Part
): Promise<Answered | null> {
  try {
    return await sendCall(ctx, isFirst ? batch : partOf(batch, from, until))
  } catch (error) {
    if (isFirst || !(error instanceof ConnectorError) || ctx.signal.aborted) throw error
    if (error.delivered !== 'no' && error.kind !== 'rate_limited') return null
    const { message } = error
    const outcomes = Array.from({ length: until - from }, (_, index): RecordOutcome => ({
      index,
      state: 'failed',
      code: 'NOT_SENT',
      message,
    }))
    return { status: 0, isRefused: false, outcomes }
  }
}

function partOf(batch: WriteBatch, from: number, until: number): WriteBatch {
  const { records, json, ids, keys } = batch
  return {
    ...batch,
    records: records.slice(from, until),
    json: json.slice(from, until),
    ids: ids.slice(from, until),
    ...(keys === undefined ? {} : { keys: keys.slice(from, until) }),
  }
}
