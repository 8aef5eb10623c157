import { test } from '@japa/runner'
import fc from 'fast-check'
import type { Operation, RecordValues, StreamAccess } from '#sdk'
import { priceNext } from '#engine/next_price'
import { sync } from '#engine/sync'
import type { SyncInput } from '#engine/sync_input'
import { dice } from './support/dice.js'
import { makeInput, orders } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { MemoryTarget } from './support/memory_target.js'

interface Workload {
  seed: number
  count: number
  rounds: number
  edited: number
  bad: number
  filtered: number
  operation: Operation
  /** A count does not tell that a key comes twice, which no table's key does. */
  repeats: boolean
}

const workload = fc.record({
  seed: fc.nat(),
  count: fc.integer({ min: 1, max: 400 }),
  rounds: fc.integer({ min: 1, max: 3 }),
  edited: fc.constantFrom(0, 0.05, 0.6),
  bad: fc.constantFrom(0, 0.1),
  filtered: fc.constantFrom(0, 0.3),
  operation: fc.constantFrom<Operation[]>('upsert', 'update'),
})

/** Some are edited, some are not good, some are left out, some are new and some repeat a key. */
function edit(rows: RecordValues[], wish: Workload, chance: () => number): void {
  const share = (of: number) => chance() < of
  for (const row of rows) {
    if (share(wish.edited)) row.name = `Edited ${chance()}`
    if (share(wish.bad)) row.name = 'x'.repeat(90)
    row.ref = share(wish.filtered) ? null : `R${row.id}`
  }
  const more = orders(rows.length + 20).slice(rows.length)
  if (share(0.5)) rows.push(...more)
  const isRepeated = share(0.1)
  if (isRepeated && wish.repeats) rows.push({ ...rows[0], name: `Again ${chance()}` })
}

function given(wish: Workload) {
  const chance = dice(wish.seed)
  const rows = orders(wish.count)
  const target = new MemoryTarget('Ref')
  const ledger = new MemoryLedger()
  const { operation } = wish
  const routes = [target.callRoute([operation], [operation], 100)]
  let asked = 0
  const lookup: typeof target.lookup = (ctx, batch) => {
    asked += Math.ceil(batch.records.length / 50)
    return target.lookup(ctx, batch)
  }
  const input = (): SyncInput => {
    const source = { ...memorySource(rows), count: () => Promise.resolve(rows.length) }
    const access: StreamAccess = { lookup, lookupCost: (_, __, values) => Math.ceil(values / 50) }
    const made = makeInput({ source, routes, ledger, operation, target: access })
    const filter = wish.filtered > 0 ? { filter: "ref != null && ref != ''" } : {}
    const { definition } = made
    return { ...made, definition: { ...definition, source: { ...definition.source, ...filter } } }
  }
  return { chance, rows, target, ledger, input, paid: () => target.credits + asked }
}

test.group('The price of the next run', () => {
  for (const within of [60_000, -1]) {
    const how = within > 0 ? 'read to its end' : 'only counted'
    test(`holds for a source that is ${how}, whatever was edited`, async ({ assert }) => {
      let [exact, most] = [0, 0]
      await fc.assert(
        fc.asyncProperty(workload, async (load) => {
          const wish = { ...load, repeats: within > 0 }
          const { chance, rows, ledger, input, paid } = given(wish)
          for (let round = 0; round <= wish.rounds; round++) {
            const before = paid()
            const next = await priceNext(input(), within)
            if (next === null) throw new Error('Nobody counts')
            assert.equal(paid(), before, 'asking costs nothing')
            await sync(input())
            const spent = paid() - before
            assert.isAtLeast(next.credits, spent)
            if (next.isExact) assert.isAtMost(next.credits, spent * 1.02)
            if (next.isExact) exact++
            else most++
            ledger.newRun()
            edit(rows, wish, chance)
          }
        }),
        { numRuns: 30 }
      )
      if (within > 0) assert.isAbove(exact, 20)
      else assert.equal(exact, 0)
      assert.isAbove(most, 10)
    }).timeout(120_000)
  }
})
