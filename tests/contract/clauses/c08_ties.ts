import assert from 'node:assert/strict'
import { concernsReaders, type Clause, type Subject } from '../stage.js'
import { canRead, keysOf, readAll, waysOf, type Reached } from '../reach.js'
import { allOf, valuesOf } from './bounds.js'

export const tiesClause: Clause = {
  number: 'C8',
  title: 'records that share a value of the incremental field are all read, whatever the page size',
  concerns: concernsReaders,
  async verify(subject) {
    for (const { stream, incremental: field } of subject.stage.reading) {
      if (field === undefined) continue
      for (const reached of await waysOf(subject, stream)) await assertTies(subject, reached, field)
    }
  },
}

async function assertTies(subject: Subject, reached: Reached, field: string): Promise<void> {
  const all = await readAll(subject, reached)
  const held = all.filter((record) => (record[field] ?? null) !== null)
  const isUnique = reached.stream.fields.some((each) => each.name === field && each.unique)
  const values = valuesOf(all, field)
  assert.ok(isUnique || values.length < held.length, `the fixture has no ties in ${field}`)
  const expected = keysOf(held, reached.stream).sort()
  const incremental = allOf(all, reached.stream, field)
  if (!canRead(reached, { incremental })) return
  for (const pageSize of [1, 2, 3, 1000]) {
    const read = await readAll(subject, reached, { incremental, pageSize })
    assert.deepEqual(keysOf(read, reached.stream).sort(), expected, `${pageSize} to a page`)
  }
}
