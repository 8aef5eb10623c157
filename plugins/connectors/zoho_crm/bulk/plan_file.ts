import { ConnectorError, type WriteBatch } from '#sdk'
import { type Column, column } from './column.js'
import { findBy } from './find_by.js'
import { chooseShape } from './choose_shape.js'
import { keyReader } from './key_reader.js'
import { orderColumns } from './order_columns.js'
import type { RecordAt } from './record_at.js'

/** How a batch becomes one file. Pure, so that a restart plans the same file again. */
export interface BulkFile {
  columns: Column[]
  /** How many of the first columns tell the rows apart. */
  keyColumns: number
  findBy: string | null
  /** True where an empty cell leaves the field as it is, false where it clears the field. */
  ignoreEmpty: boolean
  /** Places in the batch of the records in the file, in its order. */
  rows: number[]
  /** Places of records that one file cannot express together with `rows`. */
  left: number[]
  /** Places of records for which the file had no room. */
  over: number[]
  /** Places of records to update that nobody knows the id of. */
  unknown: number[]
  record: RecordAt
  ids: Array<string | null>
  /** What tells a record apart in the file, by its place in the batch. */
  keyOf: (index: number) => string
}

export const MOST_COLUMNS = 200

/** What is known of a file beyond its batch. */
export interface Sending {
  /** Records as they are sent, where that is not as they were given. */
  record?: RecordAt
  /** Places of records that are not sent. */
  refused?: ReadonlySet<number>
  /** Lookups that Zoho finds by a field, lookup to field. */
  findBys?: { [lookup: string]: string }
  /** Most records in the file; null for all. */
  count?: number | null
  keepsEmpty?: boolean
}

export function columnsOf(
  { stream }: Pick<WriteBatch, 'stream'>,
  names: string[],
  findBys: { [lookup: string]: string } = {}
): Column[] {
  return names
    .filter((name) => name !== 'id' && !name.startsWith('$'))
    .map(
      (name) =>
        stream.fields.find((field) => field.name === name) ?? { name, type: 'text' as const }
    )
    .filter((field) => field.rows === undefined)
    .map((field) => column(field, findBys[field.name]))
}

export function planFile(batch: WriteBatch, sending: Sending = {}): BulkFile {
  const { ids } = batch
  const { refused, findBys = {}, count = null, keepsEmpty = false } = sending
  const record = sending.record ?? ((index: number) => batch.records[index])
  const by = findBy(batch)
  const offered = [...ids.keys()].filter((index) => !refused?.has(index))
  const needsId = by === 'id'
  const sendable = needsId ? offered.filter((index) => ids[index] !== null) : offered
  const unknown = needsId ? offered.filter((index) => ids[index] === null) : []
  const { rows, left, names, ignoreEmpty } = chooseShape(record, sendable, keepsEmpty)
  const ordered = orderColumns(columnsOf(batch, names, findBys), batch.match, { by, record, rows })
  if (ordered.columns.length > MOST_COLUMNS) {
    throw new ConnectorError(
      'config',
      `Bulk write takes ${MOST_COLUMNS} columns at most, and ${ordered.columns.length} are mapped. Map fewer fields, or set the route to upsert.`
    )
  }
  const sent = count === null ? rows : rows.slice(0, count)
  const over = count === null ? [] : rows.slice(count)
  const keyOf = keyReader({ ...ordered, record, ids })
  const places = { rows: sent, left, over, unknown }
  return { ...ordered, ...places, findBy: by, ignoreEmpty, record, ids, keyOf }
}
