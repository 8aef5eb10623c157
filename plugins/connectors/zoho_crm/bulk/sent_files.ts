import type { Json, WriteBatch } from '#sdk'
import { keyReader } from './key_reader.js'
import { firstCells } from './parse_csv.js'
import type { BulkFile } from './plan_file.js'
import type { Ticket } from './ticket.js'

type Keys = Array<string | undefined>

/** A file as it was sent, with what tells its records apart, but without the records. */
interface SentFile {
  plan: Omit<BulkFile, 'record' | 'ids' | 'keyOf'>
  /** Null where its lines were composed before: they say it. */
  keys: Keys | null
}

/**
 * Of jobs that this thread submitted, by their tickets. The result of such a job is joined without
 * making out its records once more; after a restart its file is planned again from them.
 */
const sent = new WeakMap<object, SentFile>()

export function keepFile(ticket: Ticket, file: BulkFile, batch: WriteBatch | null): void {
  const { record, ids, keyOf: asSent, ...plan } = file
  sent.set(ticket, { plan, keys: batch && keysOf(plan, batch) })
}

function keysOf(plan: SentFile['plan'], { records, ids }: WriteBatch): Keys {
  const keyOf = keyReader({ ...plan, record: (index) => records[index], ids })
  const keys: Keys = []
  for (const index of plan.rows) keys[index] = keyOf(index)
  return keys
}

/** Null for a ticket of another process. */
export function keptFile(ticket: Json, batch: WriteBatch): BulkFile | null {
  const known = typeof ticket === 'object' && ticket !== null ? sent.get(ticket) : undefined
  if (known === undefined) return null
  const keys = known.keys ?? (batch.composed && firstOf(batch.composed))
  if (!keys) return null
  const record = (index: number) => batch.records[index]
  return { ...known.plan, record, ids: batch.ids, keyOf: (index) => keys[index] ?? '' }
}

/** A composed file has one column that tells its records apart. */
function firstOf(composed: Uint8Array[]): Keys {
  const keys: Keys = []
  for (const piece of composed) {
    const text = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString()
    for (const cell of firstCells(text)) keys.push(cell.trim())
  }
  return keys
}
