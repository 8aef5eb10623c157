import type { Context, Held, RecordValues, Search, SearchBatch } from '#sdk'
import { openSession } from '../open_session.js'
import { heldWhere } from './lookup_rows.js'
import { recordId } from './record_id.js'
import { prepareRows } from './row.js'
import { alike } from './source_rows.js'
import { columnOf, targetOf } from './target_table.js'

const INCOMPARABLE = ['json', 'multipicklist']

function only(record: RecordValues, fields: string[]): RecordValues {
  return Object.fromEntries(fields.map((field) => [field, record[field] ?? null]))
}

async function find(
  ctx: Context,
  { stream, fields, records, wanted }: SearchBatch
): Promise<Held[]> {
  const session = await openSession(ctx)
  try {
    const asked = records.map((record) => only(record, fields))
    const batch = { ...BY_ID, stream, records: asked }
    const target = await targetOf(ctx, session, batch)
    const key = target.key.map(({ name }) => name)
    const search = {
      columns: fields.map((field) => columnOf(target.table.name, target.byName, field)),
      wanted: [...new Set([...key, ...fields, ...wanted])],
      locked: false,
      compare: alike,
    }
    const held: Held[] = []
    for (const rows of prepareRows(target, batch).groups) {
      const cells = rows.map((row) => fields.flatMap((field) => row.cells.get(field) ?? []))
      for (const { record } of await heldWhere(session, target, search, cells)) {
        held.push({ id: recordId(target.key, record), values: record })
      }
    }
    return held
  } finally {
    await session.close()
  }
}

const BY_ID = {
  operation: 'update' as const,
  match: { by: 'id' as const },
  json: [],
  ids: [],
  options: {},
}

/** A table does not say when a row was made: a service names the column that does. */
export const search: Search = {
  maxRecords: 500,
  concurrency: 2,
  cost: () => 0,
  refuses: (_stream, fields) => {
    const odd = fields.find(({ type }) => INCOMPARABLE.includes(type))
    return odd ? `'${odd.name}' cannot be compared. Search by another column.` : null
  },
  created: () => null,
  find,
}
