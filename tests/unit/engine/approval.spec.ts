import { test } from '@japa/runner'
import { preview } from '#engine/preview'
import { sync } from '#engine/sync'
import { makeInput, orders } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { MemoryTarget } from './support/memory_target.js'

const KEEP = { create: 100, update: 100, delete: 0, unchanged: 0, filtered: 0, rejected: 0 }

test.group('an approved preview', () => {
  test('writes exactly what was seen, and leaves out what has changed since', async ({
    assert,
  }) => {
    const ledger = new MemoryLedger()
    const target = new MemoryTarget('Ref')
    const routes = [target.callRoute(['upsert'], ['upsert'])]
    const parts = { source: memorySource(orders(6)), routes, ledger }
    const { records } = await preview(makeInput(parts), { keep: KEEP, ask: 0 })
    const approved = records.flatMap(({ key, hash }): Array<[string, string]> =>
      hash === null || key === '6' ? [] : [[key, hash]]
    )

    const now = orders(6)
    now[1] = { ...now[1], name: 'Nobody saw this' }
    const run = { ...makeInput({ ...parts, source: memorySource(now) }), skipsUnchanged: true }
    const report = await sync({ ...run, only: approved.map(([key]) => key), approved })
    assert.equal(report.counters.created, 4)
    assert.equal(report.counters.rejected, 1)
    assert.deepEqual([...target.records.values()].map(({ Name }) => Name).sort(), [
      'Order 1',
      'Order 3',
      'Order 4',
      'Order 5',
    ])
    assert.equal(ledger.letters.get('2')?.code, 'CHANGED_SINCE')

    ledger.newRun()
    const later = await sync(makeInput({ ...parts, source: memorySource(now) }))
    assert.equal(later.counters.created, 2)
    assert.equal(later.counters.unchanged, 4)
    assert.equal(ledger.letters.size, 0, 'what arrives later closes its dead letter')
  })
})
