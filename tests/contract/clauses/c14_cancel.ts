import assert from 'node:assert/strict'
import { concernsReaders, type Clause, type Subject } from '../stage.js'
import { newContext, pagesOf, waysOf, type Reached } from '../reach.js'

export const cancelClause: Clause = {
  number: 'C14',
  title: 'a cancelled read stops, and no read leaves anything open',
  concerns: concernsReaders,
  async verify(subject) {
    for (const reading of subject.stage.reading) {
      for (const reached of await waysOf(subject, reading.stream)) {
        await assertCancels(subject, reached)
        await assertCloses(subject, reached, 1)
        await assertCloses(subject, reached, Number.POSITIVE_INFINITY)
      }
    }
  },
}

async function assertCancels(subject: Subject, reached: Reached): Promise<void> {
  const ctx = newContext(subject)
  const reason = new Error('cancelled')
  let after = 0
  await assert.rejects(async () => {
    for await (const page of pagesOf(reached, ctx, { pageSize: 2 })) {
      if (ctx.signal.aborted) after += page.records.length
      ctx.abort(reason)
    }
  }, 'a cancelled read does not end as if it were complete')
  assert.equal(after, 0, 'records that came after the cancel')
  assert.equal(await ctx.leftOpen(), 0, 'left open by a cancelled read')
}

async function assertCloses(subject: Subject, reached: Reached, pages: number): Promise<void> {
  const ctx = newContext(subject)
  let read = 0
  for await (const page of pagesOf(reached, ctx, { pageSize: 2 })) {
    assert.ok(page.records.length > 0 || pages > 1)
    if (++read >= pages) break
  }
  assert.equal(await ctx.leftOpen(), 0, `left open after ${read} pages`)
}
