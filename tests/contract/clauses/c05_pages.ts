import assert from 'node:assert/strict'
import { concernsReaders, type Clause, type ReadingStage, type Subject } from '../stage.js'
import { keysOf, newContext, pagesOf, waysOf, type Reached } from '../reach.js'

export const pagesClause: Clause = {
  number: 'C5',
  title: 'pages are no larger than asked, have a cursor, and hold every record once',
  concerns: concernsReaders,
  async verify(subject) {
    for (const reading of subject.stage.reading) {
      for (const reached of await waysOf(subject, reading.stream)) {
        for (const pageSize of [1, 7, 1000]) await assertPages(subject, reading, reached, pageSize)
      }
    }
  },
}

async function assertPages(
  subject: Subject,
  reading: ReadingStage,
  reached: Reached,
  pageSize: number
): Promise<void> {
  const keys: string[] = []
  for await (const page of pagesOf(reached, newContext(subject), { pageSize, fields: [] })) {
    assert.ok(page.records.length <= pageSize, `${page.records.length} of ${pageSize} records`)
    assert.notEqual(page.cursor ?? null, null, 'a page has a cursor')
    for (const record of page.records) {
      for (const field of reached.stream.key) assert.ok(field in record, `${field} is read`)
    }
    keys.push(...keysOf(page.records, reached.stream))
  }
  assert.equal(keys.length, reading.records, `records of ${reading.stream}`)
  assert.equal(new Set(keys).size, reading.records, 'each has a key of its own')
}
