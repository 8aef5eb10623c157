import assert from 'node:assert/strict'
import type { Json } from '#sdk'
import { concernsRoutedReaders, type Clause, type ReadingStage, type Subject } from '../stage.js'
import { keysOf, newContext, queryOf, readAll, stored, waysOf, type Reached } from '../reach.js'
import { assertPlain } from './plain.js'

export const ticketsClause: Clause = {
  number: 'C19',
  title: 'a job that is read has a ticket first, and whoever holds it sends no other',
  concerns: concernsRoutedReaders,
  async verify(subject) {
    for (const reading of subject.stage.reading) {
      for (const reached of await waysOf(subject, reading.stream)) {
        if (reached.route?.kind === 'job') await assertAdopted(subject, reading, reached)
      }
    }
  },
}

async function assertAdopted(
  subject: Subject,
  { jobs }: ReadingStage,
  reached: Reached
): Promise<void> {
  assert.ok(jobs, 'the fixture counts jobs')
  const whole = keysOf(await readAll(subject, reached), reached.stream)
  const before = jobs()
  const ticket = await ticketOf(subject, reached)
  assert.equal(jobs(), before + 1, 'the ticket is of a job')
  for (const pageSize of [7, 1000]) {
    const rest = await readAll(subject, reached, { cursor: stored(ticket), pageSize })
    assert.deepEqual(keysOf(rest, reached.stream), whole, 'all is behind the ticket')
  }
  assert.equal(jobs(), before + 1, 'the job is adopted')
}

/** The cursor that is stored before anybody waits for the job. */
async function ticketOf(subject: Subject, reached: Reached): Promise<Json> {
  const { route, stream } = reached
  for await (const page of route?.read(newContext(subject), stream, queryOf(reached, {})) ?? []) {
    assert.deepEqual(page.records, [], 'nothing is read before the ticket is stored')
    assert.ok(page.pollAfter !== undefined && page.pollAfter > 0, 'it says when to ask again')
    assertPlain(page.cursor, 'ticket')
    return page.cursor
  }
  throw new Error(`${reached.stream.name} gives no ticket`)
}
