import assert from 'node:assert/strict'
import { concernsReaders, type Clause, type Subject } from '../stage.js'
import { canRead, keysOf, newContext, reach, readAll, waysOf, type Reached } from '../reach.js'
import { compareValues, valuesOf } from './bounds.js'
import { assertPlain } from './plain.js'

export const boundsClause: Clause = {
  number: 'C9',
  title: 'an incremental read holds both its bounds, is in order, and knows how far is complete',
  concerns: concernsReaders,
  async verify(subject) {
    for (const { stream, incremental: field } of subject.stage.reading) {
      const reached = await reach(subject, stream)
      if (field === undefined) {
        assert.deepEqual(reached.stream.cursors, [], 'the fixture tries the cursors of the stream')
        continue
      }
      for (const way of await waysOf(subject, stream)) await assertBounds(subject, way, field)
      const mark = await reached.access.highWater?.(newContext(subject), reached.stream, field)
      assert.notEqual(mark ?? null, null, 'there is a high water mark')
      assertPlain(mark, 'the high water mark')
    }
  },
}

async function assertBounds(subject: Subject, reached: Reached, field: string): Promise<void> {
  const all = await readAll(subject, reached)
  const values = valuesOf(all, field)
  const from = values[Math.floor(values.length / 4)]
  const until = values[Math.floor((values.length * 3) / 4)]
  const expected = all.filter((record) => {
    const value = record[field] ?? null
    return value !== null && compareValues(value, from) >= 0 && compareValues(value, until) <= 0
  })
  const incremental = { field, from, until }
  if (!canRead(reached, { incremental })) return
  const read = await readAll(subject, reached, { incremental })
  const { stream: description } = reached
  assert.deepEqual(keysOf(read, description).sort(), keysOf(expected, description).sort())
  const first = await readAll(subject, reached, { incremental: { field, from: null, until } })
  const upTo = all.filter((record) => {
    const value = record[field] ?? null
    return value !== null && compareValues(value, until) <= 0
  })
  assert.deepEqual(keysOf(first, description).sort(), keysOf(upTo, description).sort())
  // A snapshot is complete at once, so that nobody goes on by the value of its last record.
  if (reached.route?.isSnapshot) return
  for (const [at, record] of read.entries()) {
    const before = read[Math.max(0, at - 1)]
    assert.ok(compareValues(before[field], record[field]) <= 0, `${field} grows`)
  }
}
