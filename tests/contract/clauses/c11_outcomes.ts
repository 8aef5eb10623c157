import assert from 'node:assert/strict'
import type { RecordOutcome } from '#sdk'
import { concernsWriters, type Clause } from '../stage.js'
import { batchOf, newContext, routesOf } from '../reach.js'

export const outcomesClause: Clause = {
  number: 'C11',
  title: 'every record that is written is answered once, each in its place',
  concerns: concernsWriters,
  async verify(subject) {
    assert.ok(subject.stage.writing.length > 0, 'the fixture says what to write')
    for (const writing of subject.stage.writing) {
      const { reached, routes } = await routesOf(subject, writing)
      const calls = routes.filter((route) => route.kind === 'call')
      assert.ok(calls.length > 0, `a route can ${writing.operation}`)
      for (const route of calls) {
        const records = writing.records(Math.min(5, route.maxRecords))
        records.splice(2, 1, writing.faulty)
        const batch = batchOf(writing, reached.stream, records)
        assertOutcomes(await route.send(newContext(subject), batch), records.length, 2)
      }
    }
  },
}

/** `faulty` is the place of the record that is refused. */
export function assertOutcomes(outcomes: RecordOutcome[], count: number, faulty: number): void {
  const places = outcomes.map((outcome) => outcome.index).sort((a, b) => a - b)
  assert.deepEqual(places, [...Array(count).keys()], 'each record has one outcome')
  for (const outcome of outcomes) {
    if ('code' in outcome) {
      assert.equal(outcome.index, faulty, `${outcome.code}: ${outcome.message}`)
      assert.equal(outcome.state, 'rejected', 'the record is at fault')
      assert.ok(outcome.code && outcome.message)
    } else {
      assert.notEqual(outcome.index, faulty, 'the faulty record is refused')
      assert.ok(outcome.id, 'what the target holds has an id')
    }
  }
}
