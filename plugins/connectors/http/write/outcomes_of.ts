import { ConnectorError, type Context, type RecordOutcome, type Value, type WriteBatch } from '#sdk'
import type { Reply } from '../call.js'
import { pointTo } from '../pointer.js'
import { withoutSecrets } from '../without_secrets.js'
import type { CallOptions } from './options_of.js'
import { hasPlaceholder } from './path_template.js'
import { textOf } from './placeholders.js'

/** What became of each record, as far as the reply says. A result that is missing leaves its record without an outcome. */
export function outcomesOf(
  ctx: Context,
  batch: WriteBatch,
  options: CallOptions,
  reply: Reply
): RecordOutcome[] {
  if (!options.isFine(reply.status)) {
    if (batch.operation === 'delete' && GONE.includes(reply.status)) return batch.ids.map(gone)
    return refusals(ctx, batch, options, reply)
  }
  const { results, okPointer } = options
  if ((results !== '' || okPointer !== '') && reply.body === undefined) throw unreadable(reply)
  if (results === '') {
    return batch.records.map((_, index) => judged(ctx, batch, options, reply, index))
  }
  const list = pointTo(reply.body ?? null, results)
  if (!Array.isArray(list)) throw unreadable(reply, results)
  return list
    .slice(0, batch.records.length)
    .map((body, index) => judged(ctx, batch, options, { ...reply, body }, index))
}

function judged(
  ctx: Context,
  batch: WriteBatch,
  options: CallOptions,
  result: Reply,
  index: number
): RecordOutcome {
  const { okPointer, okValue, idPointer } = options
  const body = result.body ?? null
  if (okPointer !== '' && textOf(pointTo(body, okPointer)) !== okValue) {
    return refusal(index, 'REFUSED', messageIn(ctx, options, result.text, body))
  }
  const told = idPointer === '' ? '' : textOf(pointTo(body, idPointer))
  const id = told || (batch.ids[index] ?? keyOf(batch, index))
  return { index, state: stateOf(batch, result.status), id }
}

/** What an endpoint answers of a record that it does not have, or no longer. */
const GONE = [404, 410]

function gone(id: string | null, index: number): RecordOutcome {
  return { index, state: 'unchanged', id: id ?? 'gone' }
}

function stateOf({ operation }: WriteBatch, status: number): 'created' | 'updated' | 'deleted' {
  if (operation === 'delete') return 'deleted'
  if (operation === 'upsert') return status === 201 ? 'created' : 'updated'
  return operation === 'insert' ? 'created' : 'updated'
}

function keyOf({ stream, records }: WriteBatch, index: number): string {
  return stream.key.map((name) => textOf(records[index][name])).join(' ') || 'sent'
}

/** The endpoint has refused the whole call, and says it of its records. */
function refusals(
  ctx: Context,
  { records }: WriteBatch,
  options: CallOptions,
  reply: Reply
): RecordOutcome[] {
  const { status, text, body } = reply
  const isMissing = status === 404 || status === 405 || status === 410
  if (isMissing && !hasPlaceholder(options.path)) {
    const message = `The endpoint answered ${status}: there is nothing at ${options.path} to ${options.method} to.`
    throw new ConnectorError('config', message)
  }
  const said = messageIn(ctx, options, text, body ?? null)
  const many = records.length > 1 ? ` to a call with ${records.length} records` : ''
  return records.map((_, index) =>
    refusal(index, `HTTP_${status}`, `The endpoint answered ${status}${many}: ${said}`)
  )
}

function messageIn(ctx: Context, options: CallOptions, text: string, body: Value): string {
  const told = options.messagePointer === '' ? '' : textOf(pointTo(body, options.messagePointer))
  return withoutSecrets(ctx, told || text) || 'it did not say why'
}

function refusal(index: number, code: string, message: string): RecordOutcome {
  return { index, state: 'rejected', code, message }
}

/** It took the call, so the records may have arrived. */
function unreadable({ status }: Reply, results?: string): ConnectorError {
  const lack = results === undefined ? 'no JSON' : `no list at ${results}`
  const message = `The endpoint answered ${status} with ${lack}, so what became of the records is unknown. Mend the write options.`
  return new ConnectorError('config', message, { delivered: 'unknown' })
}
