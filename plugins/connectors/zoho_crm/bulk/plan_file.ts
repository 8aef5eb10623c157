import { ConnectorError, type RecordValues, type WriteBatch } from '#sdk'
import { type Column, column } from './column.js'
import { findBy } from './find_by.js'
import { chooseShape } from './choose_shape.js'
import { orderColumns } from './order_columns.js'

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
  /** Places of records to update that nobody knows the id of. */
  unknown: number[]
  records: RecordValues[]
  ids: Array<string | null>
}

const MOST_COLUMNS = 200

export function planFile(batch: WriteBatch): BulkFile {
  const { stream, records, ids } = batch
  const by = findBy(batch)
  const needsId = by === 'id'
  const sendable = [...records.keys()].filter((index) => !needsId || ids[index] !== null)
  const unknown = needsId ? [...records.keys()].filter((index) => ids[index] === null) : []
  const shape = chooseShape(records, sendable)
  const fields = shape.names
    .filter((name) => name !== 'id')
    .map(
      (name) =>
        stream.fields.find((field) => field.name === name) ?? { name, type: 'text' as const }
    )
  const columns = fields.map(column)
  const ordered = orderColumns(columns, batch, by, shape.rows)
  if (ordered.columns.length > MOST_COLUMNS) {
    throw new ConnectorError(
      'config',
      `Bulk write takes ${MOST_COLUMNS} columns at most, and ${ordered.columns.length} are mapped. Map fewer fields, or set the route to upsert.`
    )
  }
  return { ...ordered, findBy: by, ...shape, unknown, records, ids }
}
