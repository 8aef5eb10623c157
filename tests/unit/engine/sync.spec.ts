import { test } from '@japa/runner'
import { recordsRead } from '#engine/counters'
import { sync } from '#engine/sync'
import { makeInput, orders } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { MemoryTarget } from './support/memory_target.js'

function upsertRoutes(target: MemoryTarget) {
  return [target.callRoute(['upsert'], ['upsert']), target.jobRoute(['upsert'], ['upsert'])]
}

test.group('sync', () => {
  for (const [count, credits] of [
    [100, 10],
    [2_000, 200],
    [5_000, 500],
    [5_001, 500],
    [25_000, 500],
    [26_000, 600],
    [60_000, 1_500],
  ]) {
    test(`writes ${count} records for ${credits} credits, once`, async ({ assert }) => {
      const ledger = new MemoryLedger()
      const target = new MemoryTarget('Ref')
      const parts = { source: memorySource(orders(count)), routes: upsertRoutes(target), ledger }
      const report = await sync(makeInput(parts))
      assert.equal(report.counters.created, count)
      assert.equal(recordsRead(report.counters), count)
      assert.equal(target.records.size, count)
      assert.deepEqual(report.credits, { planned: credits, spent: credits })
      assert.equal(target.credits, credits)
      assert.equal(ledger.jobs.size, 0)
      assert.equal(ledger.cursor, count)

      ledger.newRun()
      const again = await sync(makeInput(parts))
      assert.equal(again.counters.unchanged, count)
      assert.equal(again.credits.spent, 0)
    })
  }
})
