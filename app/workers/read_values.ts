import type { ReadQuery } from '#sdk'
import type { FoundValues, ValuesQuery } from './builder_queries.js'
import type { OpenConnector } from './connector_context.js'
import { readByCalls } from './read_by_calls.js'
import { tableKey } from './table_key.js'

/** More than these nobody maps one by one. */
const MOST_VALUES = 500

/** All values of a field, as far as records can be read while a person waits. */
export async function readValues(
  open: OpenConnector,
  { stream, field, most, within }: ValuesQuery
): Promise<FoundValues> {
  const query: ReadQuery = {
    cursor: null,
    fields: [...new Set([...stream.key, field])],
    filter: null,
    incremental: null,
    pageSize: 1_000,
  }
  const end = Date.now() + within
  const counts = new Map<string, number>()
  let records = 0
  for await (const page of readByCalls(open, stream, query, most)) {
    const isOver = records >= most || counts.size > MOST_VALUES || Date.now() > end
    if (isOver && page.records.length > 0) return found(counts, records, false)
    for (const record of page.records) {
      records++
      const text = tableKey(record[field] ?? null)
      if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1)
    }
  }
  return found(counts, records, true)
}

function found(counts: Map<string, number>, records: number, isWhole: boolean): FoundValues {
  const values = [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value))
  const isComplete = isWhole && counts.size <= MOST_VALUES
  return { values: values.slice(0, MOST_VALUES), records, isWhole: isComplete }
}
