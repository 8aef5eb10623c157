import { test } from '@japa/runner'
import type { RecordValues } from '#sdk'
import { BrakeStruck } from '#engine/brake'
import { preview } from '#engine/preview'
import { sync } from '#engine/sync'
import { dice } from './support/dice.js'
import { makeInput, orders } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { MemoryTarget } from './support/memory_target.js'
import { runUntilDone } from './support/run_until_done.js'

const KEEP = { create: 500, update: 500, delete: 0, unchanged: 0, filtered: 0, rejected: 0 }

/** A preview of some orders, approved as it is. */
async function givenApproval(count: number) {
  const ledger = new MemoryLedger()
  const target = new MemoryTarget('Ref')
  const routes = [target.callRoute(['upsert'], ['upsert'], 7)]
  const parts = { source: memorySource(orders(count)), routes, ledger }
  const { records } = await preview(makeInput(parts), { keep: KEEP, ask: 0 })
  const approved = records.flatMap(({ key, hash }): Array<[string, string]> =>
    hash === null ? [] : [[key, hash]]
  )
  const only = approved.map(([key]) => key)
  const run = (now: RecordValues[], more: object = {}) => ({
    ...makeInput({ ...parts, source: memorySource(now), ...more }),
    ...{ skipsUnchanged: true, only, approved },
  })
  return { ledger, target, parts, run }
}

const edited = (records: RecordValues[], id: number, edit: RecordValues) =>
  records.map((record) => (record.id === id ? { ...record, ...edit } : record))

test.group('an approved preview', () => {
  test('is written as approved, and what has changed since as it is now', async ({ assert }) => {
    const { ledger, target, parts, run } = await givenApproval(6)
    let now = edited(orders(8), 2, { name: 'Changed since' })
    now = edited(now, 4, { name: 'x'.repeat(81) }).filter(({ id }) => id !== 5)
    const report = await sync(run(now))
    assert.containSubset(report.counters, { created: 4, rejected: 1 })
    assert.deepEqual([...target.records.values()].map(({ Name }) => Name).sort(), [
      'Changed since',
      'Order 1',
      'Order 3',
      'Order 6',
    ])
    assert.equal(ledger.plannedAgain, 2)
    assert.equal(ledger.letters.get('4')?.code, 'TOO_LONG')

    ledger.newRun()
    const later = await sync(makeInput({ ...parts, source: memorySource(now) }))
    assert.containSubset(later.counters, { created: 2, unchanged: 4, rejected: 1 })
    assert.equal(ledger.plannedAgain, 0, 'a run that nobody approved plans nothing again')
  })

  test('asks where more than the brake lets pass has changed since', async ({ assert }) => {
    const { target, run } = await givenApproval(30)
    const limits = (changes: number) => ({ brake: { changes, rejects: null, peek: 20_000 } })
    const now = orders(30).map((order, at) => (at < 4 ? { ...order, name: 'New' } : order))
    const error = await sync({ ...run(now), ...limits(3) }).catch((reason: unknown) => reason)
    assert.instanceOf(error, BrakeStruck)
    assert.match(
      (error as BrakeStruck).message,
      /^Of all 30 records 4 that have changed since the preview would be written, where 3 may$/
    )
    assert.equal(target.records.size, 0)
    const report = await sync({ ...run(now), ...limits(4) })
    assert.equal(report.counters.created, 30)
  })

  test('counts what it planned again once, however often it dies', async ({ assert }) => {
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
      const { ledger, target, run } = await givenApproval(90)
      const now = orders(90).map((order, at) => (at % 3 === 0 ? { ...order, name: 'New' } : order))
      const chance = dice(seed)
      const brake = { changes: 30, rejects: null, peek: 20_000 }
      const report = await runUntilDone(
        () => ({ ...run(now, { ledger: ledger.lease(), random: chance }), brake }),
        (attempt) => {
          const risk = attempt > 40 ? 0 : 0.2
          ledger.doom = () => (chance() < risk ? (chance() < 0.5 ? 'before' : 'after') : null)
        }
      )
      assert.equal(ledger.plannedAgain, 30)
      assert.equal(report.counters.created + report.counters.updated, 90)
      const names = [...target.records.values()].map(({ Name }) => Name)
      assert.lengthOf(names, 90)
      assert.lengthOf(
        names.filter((name) => name === 'New'),
        30
      )
    }
  }).timeout(30_000)
})
