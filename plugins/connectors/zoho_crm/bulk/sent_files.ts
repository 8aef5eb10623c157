import type { Json, WriteBatch } from '#sdk'
import { keyReader } from './key_reader.js'
import type { BulkFile } from './plan_file.js'
import type { Ticket } from './ticket.js'

/** A file as it was sent, with what tells its records apart, but without the records. */
interface SentFile {
  plan: Omit<BulkFile, 'record' | 'ids' | 'keyOf'>
  keys: Array<string | undefined>
}

/**
 * Of jobs that this thread submitted, by their tickets. The result of such a job is joined without
 * making out its records once more; after a restart its file is planned again from them.
 */
const sent = new WeakMap<object, SentFile>()

export function keepFile(ticket: Ticket, file: BulkFile, batch: WriteBatch): void {
  const { record, ids, keyOf: asSent, ...plan } = file
  const keyOf = keyReader({ ...plan, record: (index) => batch.records[index], ids })
  const keys: SentFile['keys'] = []
  for (const index of file.rows) keys[index] = keyOf(index)
  sent.set(ticket, { plan, keys })
}

/** Null for a ticket of another process. */
export function keptFile(ticket: Json, batch: WriteBatch): BulkFile | null {
  const known = typeof ticket === 'object' && ticket !== null ? sent.get(ticket) : undefined
  if (known === undefined) return null
  const { plan, keys } = known
  const record = (index: number) => batch.records[index]
  return { ...plan, record, ids: batch.ids, keyOf: (index) => keys[index] ?? '' }
}
