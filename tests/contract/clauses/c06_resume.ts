import assert from 'node:assert/strict'
import type { IncrementalBounds, Page } from '#sdk'
import { concernsReaders, type Clause, type Subject } from '../stage.js'
import { canRead, newContext, pagesOf, readAll, stored, waysOf, type Reached } from '../reach.js'
import { allOf } from './bounds.js'

export const resumeClause: Clause = {
  number: 'C6',
  title: 'a read that goes on from any cursor gives exactly what follows',
  concerns: concernsReaders,
  async verify(subject) {
    for (const reading of subject.stage.reading) {
      for (const reached of await waysOf(subject, reading.stream)) {
        await assertResumes(subject, reached, null)
        if (reading.incremental === undefined) continue
        const records = await readAll(subject, reached)
        const incremental = allOf(records, reached.stream, reading.incremental)
        if (canRead(reached, { incremental })) await assertResumes(subject, reached, incremental)
      }
    }
  },
}

async function assertResumes(
  subject: Subject,
  reached: Reached,
  incremental: IncrementalBounds | null
): Promise<void> {
  const pages: Page[] = []
  for await (const page of pagesOf(reached, newContext(subject), { pageSize: 5, incremental })) {
    pages.push(stored(page))
  }
  for (const [at, page] of pages.entries()) {
    // Another page size, as after a change of the engine.
    const rest = await readAll(subject, reached, { cursor: page.cursor, incremental, pageSize: 11 })
    const expected = pages.slice(at + 1).flatMap((later) => later.records)
    assert.deepEqual(stored(rest), expected, `after page ${at + 1} of ${pages.length}`)
  }
}
