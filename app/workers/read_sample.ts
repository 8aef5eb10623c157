import type { ReadQuery, RecordValues, StreamDescription } from '#sdk'
import type { OpenConnector } from './connector_context.js'
import { readByCalls } from './read_by_calls.js'

/** Where pages are far from full, so many are enough: each may be many calls. */
const MOST_PAGES = 5

/** The first records of a stream, all fields. A person waits, so no job is begun at the vendor. */
export async function readSample(
  open: OpenConnector,
  stream: StreamDescription,
  count: number
): Promise<RecordValues[]> {
  // The bytes of files below records are a call each, and no sight.
  const shown = stream.fields.filter(({ files }) => stream.within === undefined || !files)
  const query: ReadQuery = {
    cursor: null,
    fields: shown.map(({ name }) => name),
    filter: null,
    incremental: null,
    pageSize: count,
  }
  const records: RecordValues[] = []
  let pages = 0
  for await (const page of readByCalls(open, stream, query, count)) {
    records.push(...page.records)
    pages++
    if (records.length >= count || pages === MOST_PAGES) break
  }
  return records.slice(0, count)
}
