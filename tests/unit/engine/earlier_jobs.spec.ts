import { test } from '@japa/runner'
import fc from 'fast-check'
import type { Operation } from '#sdk'
import { recordsRead } from '#engine/counters'
import { sync } from '#engine/sync'
import { dice } from './support/dice.js'
import { makeInput, orders } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { GOOD_LUCK, MemoryTarget } from './support/memory_target.js'
import { runUntilDone } from './support/run_until_done.js'

interface Scenario {
  seed: number
  count: number
  pageSize: number
  /** Calls to the ledger, or looks at jobs, before the first run is cancelled. */
  patience: number
  cancels: number
  crashes: number
}

const scenario: fc.Arbitrary<Scenario> = fc.record({
  seed: fc.nat(),
  count: fc.integer({ min: 1, max: 150 }),
  pageSize: fc.integer({ min: 1, max: 40 }),
  patience: fc.integer({ min: 1, max: 30 }),
  cancels: fc.integer({ min: 1, max: 3 }),
  crashes: fc.constantFrom(0, 0.1, 0.3),
})

const STOPPED = new Error('Stopped')

/** A service whose runs are cancelled at some moment, and whose last run is left alone. */
function scene(given: Scenario, operation: Operation) {
  const chance = dice(given.seed)
  const records = orders(given.count)
  const ledger = new MemoryLedger()
  const target = new MemoryTarget('Ref')
  let patience = Infinity
  let stop = new AbortController()
  const tick = () => {
    if (--patience === 0) stop.abort(STOPPED)
  }
  const job = () => {
    tick()
    return chance() < 0.6 ? ('pending' as const) : ('ok' as const)
  }
  target.luck = { ...GOOD_LUCK, job }
  const source = memorySource(records, () => 1 + Math.floor(chance() * given.pageSize))
  const routes = [target.jobRoute([operation], operation === 'insert' ? [] : [operation], 23)]
  const input = () => ({
    ...makeInput({
      ...{ source, routes, operation, ledger: ledger.lease(), random: chance },
      target: { lookup: target.lookup },
    }),
    signal: stop.signal,
  })
  return {
    ...{ records, ledger, target },
    async cancelled() {
      stop = new AbortController()
      patience = 1 + Math.floor(chance() * given.patience)
      ledger.doom = () => {
        tick()
        return null
      }
      const outcome = await sync(input()).catch((error: unknown) => error)
      if (outcome instanceof Error && outcome !== STOPPED) throw outcome
      ledger.newRun()
    },
    whole() {
      patience = Infinity
      stop = new AbortController()
      return runUntilDone(input, (attempt) => {
        const risk = attempt > 60 ? 0 : given.crashes
        ledger.doom = () => (chance() < risk ? (chance() < 0.5 ? 'before' : 'after') : null)
      })
    },
  }
}

test.group('a job that an earlier run left under way', () => {
  for (const operation of ['upsert', 'insert'] as const) {
    test(`is taken up by the next: no record is paid or written twice by ${operation}`, async ({
      assert,
    }) => {
      await fc.assert(
        fc.asyncProperty(scenario, async (given) => {
          const { records, ledger, target, cancelled, whole } = scene(given, operation)
          for (let run = 0; run < given.cancels; run++) await cancelled()
          const report = await whole()
          assert.equal(ledger.jobs.size, 0)
          assert.equal(recordsRead(report.counters), records.length, 'each is counted once')
          assert.deepEqual(report.counters, ledger.counters)
          const refs = [...target.records.values()].map(({ Ref }) => Ref)
          assert.sameMembers(
            refs,
            records.map(({ ref }) => ref)
          )
          if (given.crashes > 0) return
          const carried = target.calls.reduce((sum, call) => sum + call.records, 0)
          assert.equal(carried, records.length, 'each was in one job')
        }),
        { numRuns: 120 }
      )
    }).timeout(60_000)
  }

  test('does not hold back what was changed since', async ({ assert }) => {
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const { records, ledger, target, cancelled, whole } = scene(given, 'upsert')
        await cancelled()
        for (const record of records) {
          if (Number(record.id) % 3 === 0) record.name = `${String(record.name)} again`
        }
        await whole()
        assert.equal(ledger.jobs.size, 0)
        assert.sameMembers(
          [...target.records.values()].map(({ Name }) => Name),
          records.map(({ name }) => name)
        )
      }),
      { numRuns: 100 }
    )
  }).timeout(60_000)

  function leftUnderWay() {
    const target = new MemoryTarget('Ref')
    const ledger = new MemoryLedger()
    const stop = new AbortController()
    const job = () => {
      stop.abort(STOPPED)
      return 'pending' as const
    }
    target.luck = { ...GOOD_LUCK, job }
    const source = memorySource(orders(20))
    const routes = [target.jobRoute(['upsert'], ['upsert'])]
    const given = () => makeInput({ source, routes, ledger })
    const leave = async () => {
      const left = await sync({ ...given(), signal: stop.signal }).catch((error: unknown) => error)
      target.luck = GOOD_LUCK
      ledger.newRun()
      return left
    }
    return { target, ledger, source, given, leave }
  }

  test('counts for no brake', async ({ assert }) => {
    const { target, ledger, given, leave } = leftUnderWay()
    assert.equal(await leave(), STOPPED)
    assert.equal(ledger.jobs.size, 1)
    const brake = { changes: 5, rejects: null, peek: 100 }
    const report = await sync({ ...given(), brake })
    assert.equal(report.counters.created, 20)
    assert.lengthOf(target.calls, 1)
  })

  test('is let go once its way is gone, and its records are written', async ({ assert }) => {
    const { target, ledger, source, leave } = leftUnderWay()
    assert.equal(await leave(), STOPPED)
    assert.equal(ledger.jobs.size, 1)
    const routes = [target.callRoute(['upsert'], ['upsert'])]
    const report = await sync(makeInput({ source, routes, ledger }))
    assert.equal(report.counters.created + report.counters.updated, 20)
    assert.equal(ledger.jobs.size, 0)
  })
})
