import assert from 'node:assert/strict'
import type { IncrementalBounds, RecordValues } from '#sdk'
import { concernsReaders, type Clause, type ReadingStage, type Subject } from '../stage.js'
import { canRead, keysOf, newContext, pagesOf, readAll, waysOf, type Reached } from '../reach.js'
import { allOf } from './bounds.js'

/** No moment that a record of a fixture bears is after it. */
const FAR_FUTURE = '2999-12-31T23:59:59Z'

export const editsClause: Clause = {
  number: 'C7',
  title: 'no record is lost when others are edited, inserted and deleted while it reads',
  concerns: concernsReaders,
  async verify(subject) {
    const changing = subject.stage.reading.filter((reading) => reading.disturb)
    for (const reading of changing) {
      for (const reached of await waysOf(subject, reading.stream)) {
        await assertNoneLost(subject, reading, reached, null)
        if (reading.incremental === undefined) continue
        const bounds = allOf(await readAll(subject, reached), reached.stream, reading.incremental)
        const until = typeof bounds.until === 'number' ? Number.MAX_SAFE_INTEGER : FAR_FUTURE
        const incremental = { ...bounds, until }
        if (!canRead(reached, { incremental })) continue
        await assertNoneLost(subject, reading, reached, incremental)
      }
    }
  },
}

async function assertNoneLost(
  subject: Subject,
  reading: ReadingStage,
  reached: Reached,
  incremental: IncrementalBounds | null
): Promise<void> {
  const before = await readAll(subject, reached, { incremental })
  const seen: RecordValues[] = []
  let pages = 0
  for await (const page of pagesOf(reached, newContext(subject), { pageSize: 4, incremental })) {
    seen.push(...page.records)
    if (pages++ < 3) await reading.disturb?.(seen)
  }
  const keys = new Set(keysOf(seen, reached.stream))
  const lost = keysOf(before, reached.stream).filter((key) => !keys.has(key))
  assert.deepEqual(lost, [], 'records that were there before and were not read')
}
