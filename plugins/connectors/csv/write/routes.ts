import type { CallRoute, StreamDescription } from '#sdk'
import { writeRows } from './write_rows.js'

/**
 * Rows are found by their key and the file is replaced as a whole, so a batch that is written
 * twice leaves the file as it is. Large batches, since each copies the whole file.
 */
export function routes(stream: StreamDescription): CallRoute[] {
  if (!stream.writable) return []
  return [
    {
      name: 'file',
      kind: 'call',
      operations: ['upsert'],
      maxRecords: 5000,
      cost: () => 0,
      concurrency: 1,
      idempotent: ['upsert'],
      suits: ({ match }) =>
        match.by === 'fields' &&
        match.fields.length === stream.key.length &&
        stream.key.every((name) => match.fields.includes(name)),
      send: writeRows,
    },
  ]
}
