import { test } from '@japa/runner'
import fc from 'fast-check'
import { BrakeStruck } from '#engine/brake'
import type { BrakeLimits } from '#engine/brake'
import { recordsRead } from '#engine/counters'
import { sync } from '#engine/sync'
import { dice } from './support/dice.js'
import { makeInput, orders } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { MemoryTarget } from './support/memory_target.js'
import { runUntilDone } from './support/run_until_done.js'

const PEEK = 20_000

interface Scenario {
  seed: number
  count: number
  pageSize: number
  changes: number
  peek: number
  crashes: number
  isByJob: boolean
  /** Every so many records one that the target fails to take, however often; 0: none. */
  oneFails: number
}

const scenario: fc.Arbitrary<Scenario> = fc.record({
  seed: fc.nat(),
  count: fc.integer({ min: 1, max: 150 }),
  pageSize: fc.integer({ min: 1, max: 30 }),
  changes: fc.integer({ min: 0, max: 160 }),
  peek: fc.constantFrom(0, 20, 1_000),
  crashes: fc.constantFrom(0, 0.1, 0.3),
  isByJob: fc.boolean(),
  oneFails: fc.constantFrom(0, 2, 5),
})

function given({ seed, count, pageSize, crashes, isByJob, oneFails }: Scenario) {
  const chance = dice(seed)
  const ledger = new MemoryLedger()
  const target = new MemoryTarget('Ref')
  const unlucky = orders(count).filter(({ id }) => oneFails > 0 && Number(id) % oneFails === 0)
  const doomed = new Set(unlucky.map(({ ref }) => String(ref)))
  target.luck = {
    call: () => (chance() < crashes ? 'lost-after' : 'none'),
    record: ({ Ref }) => {
      const isBad = doomed.has(String(Ref)) || chance() < crashes / 3
      return isBad ? 'fail' : 'ok'
    },
    job: () => 'ok',
  }
  const source = memorySource(orders(count), () => pageSize)
  const routes = isByJob
    ? [target.jobRoute(['upsert'], ['upsert'], 23)]
    : [target.callRoute(['upsert'], ['upsert'], 7)]
  const go = (brake: BrakeLimits | null) =>
    runUntilDone(
      () => ({ ...makeInput({ source, routes, ledger: ledger.lease(), random: chance }), brake }),
      (attempt) => {
        const risk = attempt > 40 ? 0 : crashes
        ledger.doom = () => (chance() < risk ? (chance() < 0.5 ? 'before' : 'after') : null)
      }
    )
  return { ledger, target, doomed, go }
}

test.group('brake', () => {
  test('never more than the limit is written without a yes, and with one nothing is lost', async ({
    assert,
  }) => {
    let [struck, lost] = [0, 0]
    await fc.assert(
      fc.asyncProperty(scenario, async (wish) => {
        const { ledger, target, doomed, go } = given(wish)
        const { changes, peek, count } = wish
        try {
          await go({ changes, rejects: null, peek })
        } catch (error) {
          if (!(error instanceof BrakeStruck)) throw error
          struck++
          assert.isAbove(error.figures.changes, changes)
        }
        ledger.doom = () => null
        assert.isAtMost(target.records.size, target.records.size < count ? changes : count)
        if (count > changes) assert.isAtMost(target.records.size, changes)
        const report = await go(null)
        assert.equal(recordsRead(report.counters), count)
        // A record may stand there and yet have failed: its first reply was lost, the next said no.
        const written = new Set([...target.records.values()].map((record) => record.Ref))
        const missing = orders(count).filter((order) => !written.has(order.ref))
        assert.isTrue(missing.every((order) => ledger.letters.has(String(order.id))))
        assert.isAtLeast(missing.length, doomed.size)
        assert.equal(ledger.letters.size, report.counters.failed)
        lost += missing.length
        assert.equal(target.records.size, written.size)
      }),
      { numRuns: 200 }
    )
    assert.isAbove(struck, 20)
    assert.isAbove(lost, 200)
  }).timeout(60_000)

  test('strikes before anything is sent, and says all it saw', async ({ assert }) => {
    const target = new MemoryTarget('Ref')
    const routes = [target.callRoute(['upsert'], ['upsert'])]
    const parts = { source: memorySource(orders(5_000)), routes, ledger: new MemoryLedger() }
    const brake = { changes: 4_999, rejects: null, peek: PEEK }
    const error = await sync({ ...makeInput(parts), brake }).catch((reason: unknown) => reason)
    assert.instanceOf(error, BrakeStruck)
    const { figures, message } = error as BrakeStruck
    assert.deepEqual(figures, {
      changes: 5_000,
      rejects: 0,
      limits: { changes: 4_999, rejects: null },
      read: 5_000,
      isWhole: true,
      sent: 0,
    })
    assert.match(message, /^Of all 5,000 records 5,000 would change, where 4,999 may$/)
    assert.equal(target.records.size, 0)
    const report = await sync({ ...makeInput(parts), brake: { ...brake, changes: 5_000 } })
    assert.equal(report.counters.created, 5_000)
  })

  test('says that records would be deleted where that is what would happen', async ({ assert }) => {
    const target = new MemoryTarget('Ref')
    const routes = [target.callRoute(['delete'], ['delete'])]
    const parts = { source: memorySource(orders(9)), routes, ledger: new MemoryLedger() }
    const input = makeInput({ ...parts, operation: 'delete', target: { lookup: target.lookup } })
    const upsert = makeInput({ ...parts, routes: [target.callRoute(['upsert'], ['upsert'])] })
    await sync(upsert)
    parts.ledger.newRun()
    const brake = { changes: 8, rejects: null, peek: PEEK }
    const error = await sync({ ...input, brake }).catch((reason: unknown) => reason)
    assert.instanceOf(error, BrakeStruck)
    assert.equal(String(error), 'BrakeStruck: Of all 9 records 9 would be deleted, where 8 may')
    assert.equal(target.records.size, 9)
  })

  test('strikes for rejects, and counts what is unchanged as nothing', async ({ assert }) => {
    const target = new MemoryTarget('Ref')
    const ledger = new MemoryLedger()
    const routes = [target.callRoute(['upsert'], ['upsert'])]
    await sync(makeInput({ source: memorySource(orders(100)), routes, ledger }))
    ledger.newRun()
    const records = orders(101).map((order, index) =>
      index < 5 ? { ...order, name: 'x'.repeat(81) } : order
    )
    const parts = { source: memorySource(records), routes, ledger }
    const brake = { changes: 1, rejects: 4, peek: PEEK }
    const error = await sync({ ...makeInput(parts), brake }).catch((reason: unknown) => reason)
    assert.instanceOf(error, BrakeStruck)
    assert.match(String(error), /5 were rejected, where 4 may be$/)
    assert.equal(target.records.size, 100)
    ledger.newRun()
    const report = await sync({ ...makeInput(parts), brake: { ...brake, rejects: 5 } })
    assert.equal(report.counters.created, 1)
    assert.equal(report.counters.unchanged, 95)
  })
})
