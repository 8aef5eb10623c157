import type { ReadQuery, RecordValues, StreamDescription } from '#sdk'
import type { FieldSets } from './field_sets.js'
import { fulfils } from './fulfils.js'

/** Keeps the records that fulfil the filter to the letter, and of these what was asked for. */
export function keeper(stream: StreamDescription, query: ReadQuery, sets: FieldSets) {
  const { filter, incremental } = query
  const wanted = new Set([...stream.key, ...query.fields])
  if (incremental) wanted.add(incremental.field)
  const isExtra = sets.names.filter((name) => !wanted.has(name))
  return (all: RecordValues[]): RecordValues[] => {
    const records = filter ? all.filter((record) => fulfils(record, filter)) : all
    for (const record of records) for (const name of isExtra) delete record[name]
    return records
  }
}
