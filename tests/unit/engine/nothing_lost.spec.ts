import { test } from '@japa/runner'
import fc from 'fast-check'
import type { Operation, RecordValues, Route } from '#sdk'
import { recordsRead } from '#engine/counters'
import { dice } from './support/dice.js'
import { makeInput, orders } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { MemoryTarget, type Mishap } from './support/memory_target.js'
import { runUntilDone } from './support/run_until_done.js'

interface Scenario {
  seed: number
  count: number
  pageSize: number
  crashes: number
  mishaps: number
  badRecords: number
  repeats: number
  leastSettled: number
}

const scenario: fc.Arbitrary<Scenario> = fc.record({
  seed: fc.nat(),
  count: fc.integer({ min: 0, max: 180 }),
  pageSize: fc.integer({ min: 1, max: 40 }),
  crashes: fc.constantFrom(0, 0.05, 0.2, 0.4),
  mishaps: fc.constantFrom(0, 0.1, 0.4),
  badRecords: fc.constantFrom(0, 0.1),
  repeats: fc.constantFrom(0, 0.05, 0.3),
  leastSettled: fc.constantFrom(1, 1, 30, 3_000),
})

/** Orders of which some come twice, with the same or other values, or share their reference. */
function awkwardOrders({ count, repeats }: Scenario, chance: () => number): RecordValues[] {
  return orders(count).flatMap((order) => {
    if (chance() >= repeats) return [order]
    const kind = chance()
    if (kind < 0.4) return [order, order]
    if (kind < 0.7) return [order, { ...order, name: `${String(order.name)} again` }]
    return [order, { ...order, id: 10_000 + Number(order.id) }]
  })
}

function play(given: Scenario, operation: Operation, routesOf: (target: MemoryTarget) => Route[]) {
  const chance = dice(given.seed)
  const records = awkwardOrders(given, chance)
  const ledger = new MemoryLedger()
  const target = new MemoryTarget('Ref')
  const routes = routesOf(target)
  const bad = new Set(records.filter(() => chance() < given.badRecords).map((each) => each.ref))
  target.luck = {
    call: () => (chance() < given.mishaps ? pick(MISHAPS, chance) : 'none'),
    record: (record) => {
      if (bad.has(record.Ref)) return 'reject'
      if (chance() >= given.mishaps / 4) return 'ok'
      return chance() < 0.5 ? 'fail' : 'silent'
    },
    job: () => (chance() < given.mishaps ? pick(['pending', 'lose'] as const, chance) : 'ok'),
  }
  const sizes = memorySource(records, () => 1 + Math.floor(chance() * given.pageSize))
  let attempts = 0
  const finish = () =>
    runUntilDone(
      () =>
        makeInput({
          source: sizes,
          routes,
          ledger: ledger.lease(),
          operation,
          target: { lookup: target.lookup },
          random: chance,
          leastSettled: given.leastSettled,
        }),
      (attempt) => {
        attempts = attempt + 1
        const risk = attempt > 60 ? 0 : given.crashes
        ledger.doom = () => (chance() < risk ? (chance() < 0.5 ? 'before' : 'after') : null)
      }
    )
  return { records, ledger, target, bad, finish, attempts: () => attempts }
}

const MISHAPS: Mishap[] = ['lost-before', 'lost-after', 'rate-limited', 'transient']

function pick<T>(values: readonly T[], chance: () => number): T {
  return values[Math.floor(chance() * values.length)]
}

const WAYS: { [name: string]: (target: MemoryTarget) => Route[] } = {
  'upsert by call': (target) => [target.callRoute(['upsert'], ['upsert'], 7)],
  'upsert by job': (target) => [target.jobRoute(['upsert'], ['upsert'], 23)],
  'upsert by either': (target) => [
    target.callRoute(['upsert'], ['upsert'], 7),
    { ...target.jobRoute(['upsert'], ['upsert'], 23), cost: () => 3 },
  ],
}

test.group('nothing is lost or doubled', () => {
  for (const [name, routesOf] of Object.entries(WAYS)) {
    test(`${name}, whatever happens`, async ({ assert }) => {
      await fc.assert(
        fc.asyncProperty(scenario, async (given) => {
          const { records, ledger, target, finish, attempts } = play(given, 'upsert', routesOf)
          const report = await finish()
          assert.equal(recordsRead(report.counters), records.length)
          assert.deepEqual(report.counters, ledger.counters)
          assert.equal(ledger.jobs.size, 0)
          const refs = [...target.records.values()].map((record) => record.Ref)
          assert.equal(new Set(refs).size, refs.length)
          const sent = [...ledger.links.values()].filter((link) => link.state === 'sent')
          assert.equal(new Set(sent.map((link) => link.targetId)).size, sent.length)
          for (const record of records) {
            const link = ledger.links.get(String(record.id))
            assert.isTrue(link?.state === 'sent' || ledger.letters.has(String(record.id)))
            if (link?.state === 'sent') assert.isTrue(target.records.has(link.targetId ?? ''))
          }
          // A job taken up by another process may be tried again after a later record of its key.
          const isExact = attempts() === 1 || name === 'upsert by call'
          if (isExact) assertLastVersion(records, ledger, target)
        }),
        { numRuns: 150 }
      )
    }).timeout(60_000)
  }

  const inserts = [true, false].flatMap((isCertain) => [
    { isCertain, by: 'call' as const },
    { isCertain, by: 'job' as const },
  ])
  for (const { isCertain, by } of inserts) {
    test(`insert without a key by ${by}, lookup certain: ${isCertain}`, async ({ assert }) => {
      await fc.assert(
        fc.asyncProperty(scenario, async (given) => {
          const { records, ledger, target, finish } = play(given, 'insert', (to) => [
            by === 'call' ? to.callRoute(['insert'], [], 7) : to.jobRoute(['insert'], [], 23),
          ])
          target.isCertain = isCertain
          const report = await finish()
          assert.equal(recordsRead(report.counters), records.length)
          const refs = [...target.records.values()].map((record) => record.Ref)
          assert.equal(new Set(refs).size, refs.length, 'a record was doubled')
          const sent = [...ledger.links.values()].filter((link) => link.state === 'sent')
          for (const link of sent) assert.isTrue(target.records.has(link.targetId ?? ''))
          if (isCertain) assert.equal(report.counters.unclear, 0)
        }),
        { numRuns: 150 }
      )
    }).timeout(60_000)
  }
})

/** The target holds what the source says last, unless that version did not arrive. */
function assertLastVersion(
  records: RecordValues[],
  ledger: MemoryLedger,
  target: MemoryTarget
): void {
  const last = new Map(records.map((record) => [String(record.id), record]))
  for (const [key, record] of last) {
    const link = ledger.links.get(key)
    if (link?.state !== 'sent' || link.targetId === null) continue
    const held = target.records.get(link.targetId)
    if (held?.Name !== record.name) throw new Error(`${key} holds ${JSON.stringify(held)}`)
  }
}
