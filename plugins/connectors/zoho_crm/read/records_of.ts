import type { ReadQuery, RecordValues, StreamDescription } from '#sdk'
import type { FieldSets } from './field_sets.js'
import { fulfils } from './fulfils.js'
import { plainRecords } from './plain_record.js'
import type { Row } from './rows_reply.js'

/** Turns rows into the records that were asked for: those that fulfil the filter to the letter. */
export function recordsOf(stream: StreamDescription, query: ReadQuery, sets: FieldSets) {
  const { filter, incremental } = query
  const plain = plainRecords(stream, sets.names)
  const wanted = new Set([...stream.key, ...query.fields])
  if (incremental) wanted.add(incremental.field)
  const isExtra = sets.names.filter((name) => !wanted.has(name))
  return (rows: Array<Row | undefined>): RecordValues[] => {
    const all = rows.filter((row) => row !== undefined).map(plain)
    const records = filter ? all.filter((record) => fulfils(record, filter)) : all
    for (const record of records) for (const name of isExtra) delete record[name]
    return records
  }
}
