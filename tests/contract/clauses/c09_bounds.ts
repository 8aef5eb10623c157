import assert from 'node:assert/strict'
import { concernsReaders, type Clause } from '../stage.js'
import { keysOf, newContext, reach, readAll } from '../reach.js'
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
      const all = await readAll(subject, reached)
      const values = valuesOf(all, field)
      const from = values[Math.floor(values.length / 4)]
      const until = values[Math.floor((values.length * 3) / 4)]
      const expected = all.filter((record) => {
        const value = record[field] ?? null
        return value !== null && compareValues(value, from) >= 0 && compareValues(value, until) <= 0
      })
      const read = await readAll(subject, reached, { incremental: { field, from, until } })
      const { stream: description } = reached
      assert.deepEqual(keysOf(read, description).sort(), keysOf(expected, description).sort())
      const first = await readAll(subject, reached, { incremental: { field, from: null, until } })
      const upTo = all.filter((record) => {
        const value = record[field] ?? null
        return value !== null && compareValues(value, until) <= 0
      })
      assert.deepEqual(keysOf(first, description).sort(), keysOf(upTo, description).sort())
      for (const [at, record] of read.entries()) {
        const before = read[Math.max(0, at - 1)]
        assert.ok(compareValues(before[field], record[field]) <= 0, `${field} grows`)
      }
      const mark = await reached.access.highWater?.(newContext(subject), description, field)
      assert.notEqual(mark ?? null, null, 'there is a high water mark')
      assertPlain(mark, 'the high water mark')
    }
  },
}
