import { test } from '@japa/runner'
import { preview } from '#engine/preview'
import { sync } from '#engine/sync'
import { makeInput, orders } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { MemoryTarget } from './support/memory_target.js'

test.group('preview', () => {
  test('says what a run would do and what it costs, and writes nothing', async ({ assert }) => {
    const ledger = new MemoryLedger()
    const target = new MemoryTarget('Ref')
    const routes = [
      target.callRoute(['upsert'], ['upsert']),
      target.jobRoute(['upsert'], ['upsert']),
    ]
    await sync(makeInput({ source: memorySource(orders(10)), routes, ledger }))
    const written = target.writes.length
    const settled = ledger.settlements.length

    const records = orders(6_000)
    records[0] = { ...records[0], name: 'Changed' }
    records[20] = { ...records[20], name: 'x'.repeat(81) }
    records[21] = { ...records[21], ref: records[22].ref }
    const seen = await preview(makeInput({ source: memorySource(records), routes, ledger }), 25)

    assert.deepEqual(seen.counts, {
      create: 5_988,
      update: 1,
      unchanged: 9,
      filtered: 0,
      rejected: 2,
    })
    assert.lengthOf(seen.records, 25)
    assert.equal(seen.records[0].outcome, 'update')
    assert.equal(seen.records[20].faults[0].rule, 'TOO_LONG')
    assert.equal(seen.records[22].faults[0].rule, 'DUPLICATE_IN_SOURCE')
    assert.deepEqual(seen.plan, [{ route: 'bulk_write', records: 5_989, calls: 1, credits: 500 }])
    assert.equal(seen.credits, 500)
    assert.equal(target.writes.length, written)
    assert.equal(ledger.settlements.length, settled)
  })
})
