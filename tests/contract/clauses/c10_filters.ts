import assert from 'node:assert/strict'
import type { Comparison, Filter, RecordValues, StreamDescription, Value } from '#sdk'
import { fulfils } from '#engine/filter'
import { concernsReaders, type Clause, type ReadingStage, type Subject } from '../stage.js'
import { canRead, keysOf, readAll, waysOf, type Reached } from '../reach.js'

export const filtersClause: Clause = {
  number: 'C10',
  title: 'a filter that is pushed down keeps exactly the records that fulfil it',
  concerns: concernsReaders,
  async verify(subject) {
    for (const reading of subject.stage.reading) {
      for (const reached of await waysOf(subject, reading.stream)) {
        await assertFilters(subject, reading, reached)
      }
    }
  },
}

/** A job for every filter would take its time, so jobs are tried with a few. */
const FEW = 17

async function assertFilters(
  subject: Subject,
  reading: ReadingStage,
  reached: Reached
): Promise<void> {
  const all = await readAll(subject, reached, { pageSize: 1000 })
  const filters = [...filtersFrom(all, reached.stream), ...(reading.filters ?? [])]
  const tried = reached.route?.kind === 'job' ? filters.filter((_, at) => at % FEW === 0) : filters
  for (const filter of tried) {
    const query = { filter, pageSize: 1000, fields: [] }
    if (!canRead(reached, query)) continue
    const read = await readAll(subject, reached, query)
    const expected = all.filter((record) => fulfils(record, filter))
    assert.deepEqual(
      keysOf(read, reached.stream),
      keysOf(expected, reached.stream),
      JSON.stringify(filter)
    )
  }
}

/** For each field and comparison: values that are there, nearly there, and not there. */
function filtersFrom(records: RecordValues[], stream: StreamDescription): Filter[] {
  const comparisons = stream.pushdown.filter((op): op is Comparison => /^[<>=!]/.test(op))
  const singles = stream.fields.flatMap(({ name }) => {
    const present = records.map((record) => record[name] ?? null)
    const sample = [present[0], present[Math.floor(present.length / 2)], null]
    const close = [...new Set(sample.flatMap(nearby))]
    return comparisons.flatMap((op) => {
      const values = op === '=' || op === '!=' ? close : [...new Set(sample)]
      return values.map((value): Filter => ({ field: name, op, value }))
    })
  })
  const filters: Filter[] = [...singles]
  const pair = [singles[0], singles[singles.length - 1]]
  if (singles.length > 0 && stream.pushdown.includes('all'))
    filters.push({ all: pair }, { all: [] })
  if (singles.length > 0 && stream.pushdown.includes('any'))
    filters.push({ any: pair }, { any: [] })
  if (stream.pushdown.includes('in')) {
    for (const { name } of stream.fields) {
      const values = records.slice(0, 3).map((record) => record[name] ?? null)
      filters.push({ field: name, op: 'in', values }, { field: name, op: 'in', values: [] })
    }
  }
  return filters
}

function nearby(value: Value): Value[] {
  if (typeof value === 'string') return [value, value.toUpperCase(), `${value} `, `${value}x`, '']
  if (typeof value === 'number') return [value, value + 1, String(value)]
  return typeof value === 'boolean' ? [value, !value, Number(value)] : [value]
}
