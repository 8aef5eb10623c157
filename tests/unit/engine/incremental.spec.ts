import { test } from '@japa/runner'
import fc from 'fast-check'
import { dice } from './support/dice.js'
import { keysetSource, type Ordering, type Row } from './support/keyset_source.js'
import { makeInput, ORDERS } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { MemoryTarget } from './support/memory_target.js'
import { runUntilDone } from './support/run_until_done.js'

const OVERLAP = 5
/** The same trials for both ways to read. */
const TRIALS = { numRuns: 500, seed: 20_261_121 }

const scenario = fc.record({
  seed: fc.nat(),
  rows: fc.integer({ min: 1, max: 40 }),
  times: fc.integer({ min: 1, max: 12 }),
  pageSize: fc.integer({ min: 1, max: 9 }),
  runs: fc.integer({ min: 1, max: 4 }),
  crashes: fc.constantFrom(0, 0.2),
})

type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never

/** Rows come and change while they are read; some commit with a time that is already past. */
async function follow(given: Scenario, ordering: Ordering): Promise<string[]> {
  const chance = dice(given.seed)
  let clock = given.times
  let nextId = 1
  const table: Row[] = []
  const write = (time: number) => {
    const id = nextId++
    table.push({ id, time, ref: `R${id}`, name: `Order ${id}` })
  }
  for (let row = 0; row < given.rows; row++) write(1 + Math.floor(chance() * given.times))
  const between = () => {
    clock += Math.floor(chance() * 2)
    if (chance() < 0.3) write(clock)
    if (chance() < 0.2) write(Math.max(1, clock - Math.floor(chance() * OVERLAP)))
    const row = table[Math.floor(chance() * table.length)]
    if (chance() < 0.3) Object.assign(row, { time: clock, name: `${row.name}'` })
  }
  const ledger = new MemoryLedger()
  const target = new MemoryTarget('Ref')
  const routes = [target.callRoute(['upsert'], ['upsert'], 4)]
  const sized = () => 1 + Math.floor(chance() * given.pageSize)
  let from = 0
  for (let run = 0; run <= given.runs; run++) {
    const until = clock
    const isLast = run === given.runs
    const source = keysetSource(table, sized, isLast ? () => undefined : between, ordering)
    ledger.newRun()
    await runUntilDone(
      () => ({
        ...makeInput({ source, routes, ledger: ledger.lease() }),
        incremental: { field: 'time', from, until },
        source: { ...makeInput({ source, routes, ledger }).source, stream: TIMED },
      }),
      (attempt) => {
        const risk = attempt > 40 ? 0 : given.crashes
        ledger.doom = () => (chance() < risk ? (chance() < 0.5 ? 'before' : 'after') : null)
      }
    )
    from = Math.max(0, until - OVERLAP)
  }
  const held = new Map([...target.records.values()].map((record) => [record.Ref, record.Name]))
  return table.filter((row) => held.get(row.ref) !== row.name).map((row) => row.ref)
}

const TIMED = {
  ...ORDERS,
  fields: [...ORDERS.fields, { name: 'time', type: 'integer' as const }],
  cursors: ['time'],
}

test.group('incremental reads', () => {
  test('lose nothing: ties, late commits and edits while reading', async ({ assert }) => {
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        assert.deepEqual(await follow(given, 'keyset'), [])
      }),
      TRIALS
    )
  }).timeout(240_000)

  test('a source that goes on after a time loses ties, and this shows it', async ({ assert }) => {
    const found = await fc.check(
      fc.asyncProperty(scenario, async (given) => {
        assert.deepEqual(await follow(given, 'strict-time'), [])
      }),
      TRIALS
    )
    assert.isTrue(found.failed)
  }).timeout(240_000)
})
