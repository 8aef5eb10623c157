import { ConnectorError, type Context, type RecordOutcome, type Value, type WriteBatch } from '#sdk'
import { addressOf } from '../address.js'
import { call } from '../call.js'
import { bodyTemplate, envelopeOf } from './body_template.js'
import { optionsOf, type CallOptions } from './options_of.js'
import { fillPath, hasPlaceholder } from './path_template.js'
import { checkPlaceholders, valuesOf } from './placeholders.js'
import { outcomesOf } from './outcomes_of.js'
import { recordKey } from './record_key.js'

export interface Answered {
  status: number
  /** The endpoint took nothing of the call. */
  isRefused: boolean
  outcomes: RecordOutcome[]
}

export async function sendCall(ctx: Context, batch: WriteBatch): Promise<Answered> {
  const options = optionsOf(batch.stream, batch.options)
  const path = pathOf(batch, options)
  if ('field' in path) {
    return { status: 0, isRefused: false, outcomes: [unaddressable(path.field)] }
  }
  const url = addressOf(ctx, path.path).href
  const { method, idempotencyHeader } = options
  const isDelete = method === 'DELETE'
  const headers: { [name: string]: string } = isDelete ? {} : { 'content-type': 'application/json' }
  if (idempotencyHeader !== '' && batch.records.length === 1) {
    headers[idempotencyHeader] = recordKey(batch, 0)
  }
  const request = isDelete
    ? { method, url, headers }
    : { method, url, headers, body: bodyOf(batch, options) }
  const reply = await call(ctx, request, options.isFine)
  const { status } = reply
  const outcomes = outcomesOf(ctx, batch, options, reply)
  return { status, isRefused: !options.isFine(status), outcomes }
}

function pathOf(batch: WriteBatch, { path, perCall }: CallOptions) {
  checkPlaceholders(path, batch.stream, 'path')
  if (!hasPlaceholder(path)) return { path }
  if (perCall === 1 && batch.records.length === 1) return fillPath(path, valuesOf(batch, 0))
  throw new ConnectorError(
    'config',
    'The path names fields of a record, so only one record can go by a call.'
  )
}

/** A record without a template goes as the engine wrote it. */
function bodyOf(batch: WriteBatch, { body, envelope, perCall }: CallOptions): string {
  const fill = bodyTemplate(body, batch.stream)
  const wrap = envelopeOf(perCall === 1 ? '' : envelope)
  if (perCall === 1 && batch.records.length === 1) {
    return fill ? JSON.stringify(fill(valuesOf(batch, 0))) : batch.json[0]
  }
  if (fill === null && envelope === '') return `[${batch.json.join(',')}]`
  const records = batch.records.map((record, index): Value =>
    fill ? fill(valuesOf(batch, index)) : record
  )
  return JSON.stringify(wrap(records))
}

function unaddressable(field: string): RecordOutcome {
  return {
    index: 0,
    state: 'rejected',
    code: 'NO_ADDRESS',
    message: `The path of this record needs a value in ${field}.`,
    field,
  }
}
