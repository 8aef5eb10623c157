import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { JobRoute, RecordOutcome, WriteBatch } from '#sdk'
import { concernsWriters, type Clause, type Subject } from '../stage.js'
import { batchOf, newContext, routesOf, stored } from '../reach.js'
import { assertOutcomes } from './c11_outcomes.js'
import { assertPlain } from './plain.js'

export const jobsClause: Clause = {
  number: 'C18',
  title: 'a job is known by its ticket alone, and answers for every record',
  concerns: concernsWriters,
  async verify(subject) {
    for (const writing of subject.stage.writing) {
      const { reached, routes } = await routesOf(subject, writing)
      for (const route of routes) {
        if (route.kind !== 'job') continue
        const records = writing.records(5)
        records.splice(2, 1, writing.faulty)
        const batch = batchOf(writing, reached.stream, records)
        const ticket = await route.submit(newContext(subject), batch)
        assertPlain(ticket, 'ticket')
        const outcomes = await collect(subject, route, stored(ticket), stored(batch))
        assertOutcomes(outcomes, records.length, 2)
      }
    }
  },
}

/** Each time as after a restart: a new context, and nothing but what was stored. */
async function collect(
  subject: Subject,
  route: JobRoute,
  ticket: Awaited<ReturnType<JobRoute['submit']>>,
  batch: WriteBatch
): Promise<RecordOutcome[]> {
  for (let tries = 0; tries < 200; tries++) {
    const progress = await route.collect(newContext(subject), ticket, batch)
    if (progress.state === 'done') return progress.outcomes
    assert.ok(progress.pollAfter > 0)
    await sleep(Math.min(progress.pollAfter, 50))
  }
  throw new Error('The job did not end')
}
