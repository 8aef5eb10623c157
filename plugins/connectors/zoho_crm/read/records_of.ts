import type { ReadQuery, RecordValues, StreamDescription } from '#sdk'
import type { FieldSets } from './field_sets.js'
import { keeper } from './keeper.js'
import type { People } from './people.js'
import { plainRecords } from './plain_record.js'
import type { Row } from './rows_reply.js'

/** Turns rows into the records that were asked for. */
export function recordsOf(
  stream: StreamDescription,
  query: ReadQuery,
  sets: FieldSets,
  people?: People
) {
  const plain = plainRecords(stream, sets.names, people)
  const keep = keeper(stream, query, sets)
  return (rows: Array<Row | undefined>): RecordValues[] =>
    keep(rows.filter((row) => row !== undefined).map(plain))
}
