import {
  ConnectorError,
  type Context,
  type Operation,
  type RecordOutcome,
  type WriteBatch,
} from '#sdk'
import { apiUrl } from '../api/address.js'
import { putAttachments } from '../files/put_attachments.js'
import { bodyOf } from './body_of.js'
import { callTail } from './call_tail.js'
import { filledStream } from './filled_stream.js'
import { lockOf } from './lock_of.js'
import type { Outgoing } from './outgoing.js'
import { type Prepared, prepareBatch } from './prepare_batch.js'
import { portionOutcomes } from './portion_outcomes.js'
import { sendInTurn } from './send_in_turn.js'
import { sendPortion } from './send_portion.js'
import { sendRecords } from './send_records.js'
import { settleConflicts } from './settle_conflicts.js'
import { sound } from './sound.js'
import { type WriteSettings, writeSettings } from './write_settings.js'

/** How an operation is asked for. */
interface Way {
  operation: Operation
  method: 'POST' | 'PUT'
  path: string
  /** The fields that an upsert recognises records by, in their order. */
  checkedFields: string[] | null
}

function sender(
  ctx: Context,
  batch: WriteBatch,
  way: Way,
  settings: WriteSettings,
  { externals }: Prepared
) {
  const url = apiUrl(ctx, `/${batch.stream.name}${way.path}`)
  const tail = callTail(settings, way.operation, way.checkedFields)
  const filled = filledStream(batch)
  // Rows have fields of their own, and may call them as the stream does one that is not filled.
  const timed = filled.fields.some(({ rows }) => rows !== undefined) ? batch.stream : filled
  return async (portion: Outgoing[], headers: { [name: string]: string }) => {
    const json: string[] = []
    for (const each of portion) json.push(bodyOf(each, way.operation, settings))
    const to = { method: way.method, url, tail, headers }
    const reply = await sendRecords(ctx, timed, to, json)
    return portionOutcomes(ctx, reply, portion, {
      verb: way.operation === 'insert' ? 'created' : 'updated',
      checkedFields: way.checkedFields,
      externals,
    })
  }
}

/** A lock that no record has would lock nothing, and nobody would know. */
function checkLock({ records }: WriteBatch, { lockField }: WriteSettings) {
  if (lockField === null || records.some((record) => lockField in record)) return
  throw new ConnectorError(
    'config',
    `The option lockField names ${lockField}, which the mapping does not fill. Map it, or leave the option out.`
  )
}

/** Writes a batch by as few calls as its options allow: one, unless records carry locks. */
export async function writeByCall(
  ctx: Context,
  batch: WriteBatch,
  way: Way
): Promise<RecordOutcome[]> {
  const settings = writeSettings(ctx, batch)
  const prepared = await prepareBatch(ctx, batch, settings)
  const ready = sound(prepared.all)
  const refused = ready === prepared.all ? [] : prepared.all.flatMap(({ outcome }) => outcome ?? [])
  if (ready.length === 0) return refused
  const send = sender(ctx, batch, way, settings, prepared)
  checkLock(batch, settings)
  const lockField = way.operation === 'insert' ? null : settings.lockField
  // A call has one lock for all of its records.
  const groups =
    lockField === null
      ? [ready]
      : [...Map.groupBy(ready, (each) => lockOf(each, lockField)).values()]
  const written = await sendInTurn(groups, (group) => {
    const since = lockOf(group[0], lockField)
    const headers = {
      ...(prepared.header === null ? {} : { 'x-external': prepared.header }),
      ...(since === null ? {} : { 'if-unmodified-since': since }),
    }
    return sendPortion(group, (portion) => send(portion, headers))
  })
  const settled =
    lockField === null ? written : await settleConflicts(ctx, batch, prepared.all, written)
  const whole = await putAttachments(ctx, batch.stream.name, settled, prepared.attachments)
  return refused.concat(whole)
}
