import { test } from '@japa/runner'
import { ConnectorError } from '#sdk'
import { reportLosses } from '#engine/lossy_report'
import { preview } from '#engine/preview'
import { sync } from '#engine/sync'
import { makeInput, orders } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { MemoryTarget } from './support/memory_target.js'

const WISH = {
  keep: { create: 14, update: 9, delete: 9, unchanged: 9, filtered: 9, rejected: 9 },
  ask: 50,
}

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
    const seen = await preview(makeInput({ source: memorySource(records), routes, ledger }), WISH)

    assert.deepEqual(seen.counts, {
      create: 5_988,
      update: 1,
      delete: 0,
      unchanged: 9,
      filtered: 0,
      rejected: 2,
    })
    assert.lengthOf(seen.records, 14 + 1 + 9 + 2)
    assert.equal(seen.records[0].outcome, 'update')
    const rejected = seen.records.filter(({ outcome }) => outcome === 'rejected')
    assert.deepEqual(
      rejected.map(({ position, faults }) => [position, faults[0].rule]),
      [
        [20, 'TOO_LONG'],
        [22, 'DUPLICATE_IN_SOURCE'],
      ]
    )
    assert.deepEqual(seen.plan, [
      { route: 'bulk_write', way: 'write', records: 5_989, calls: 1, credits: 500 },
    ])
    assert.equal(seen.credits, 500)
    assert.equal(target.writes.length, written)
    assert.equal(ledger.settlements.length, settled)
  })

  test('compares with what the target holds, field by field, as far as it may ask', async ({
    assert,
  }) => {
    const held = new Map([
      ['id 1', { Ref: 'R1', Name: 'Old name' }],
      ['id 2', { Ref: 'R2', Name: 'Order 2' }],
    ])
    const given = makeInput({
      source: memorySource(orders(4)),
      routes: [new MemoryTarget('Ref').callRoute(['upsert'], ['upsert'])],
      ledger: new MemoryLedger(),
      target: {
        lookup: async (_ctx, { records }) => ({
          certain: true,
          found: records.flatMap(({ Ref }, index) => {
            const id = [...held].find(([, values]) => values.Ref === Ref)?.[0]
            return id === undefined ? [] : [{ index, id }]
          }),
        }),
        read: async function* (_ctx, _stream, { filter }) {
          const ids = filter && 'values' in filter ? filter.values.map(String) : []
          const records = ids.map((id) => ({ id, ...held.get(id) }))
          yield { records, cursor: 'end' }
        },
      },
    })
    const stream = { ...given.target.stream, pushdown: ['in' as const] }
    const input = { ...given, target: { ...given.target, stream } }

    const seen = await preview(input, { ...WISH, ask: 3 })
    assert.deepEqual(
      seen.records.map(({ key, outcome, changes }) => ({ key, outcome, changes })),
      [
        {
          key: '1',
          outcome: 'update',
          changes: [{ field: 'Name', before: 'Old name', after: 'Order 1' }],
        },
        { key: '2', outcome: 'update', changes: [] },
        { key: '3', outcome: 'create', changes: null },
        { key: '4', outcome: 'create', changes: null },
      ]
    )
    assert.equal(seen.asked, 3)
    assert.deepEqual(seen.notes, [])

    const definition = { ...input.definition }
    definition.target = { ...definition.target, operation: 'update' }
    const routes = [new MemoryTarget('Ref').callRoute(['update'], ['update'])]
    const updates = { ...input, definition, target: { ...input.target, routes } }
    const only = await preview(updates, WISH)
    assert.include(only.counts, { create: 0, update: 2, delete: 0, rejected: 2 })
    assert.equal(only.records[3].faults[0].rule, 'NOT_FOUND')
  })

  test('says why it could not compare', async ({ assert }) => {
    const given = makeInput({
      source: memorySource(orders(2)),
      routes: [new MemoryTarget('Ref').callRoute(['upsert'], ['upsert'])],
      ledger: new MemoryLedger(),
      target: {
        lookup: () => Promise.reject(new ConnectorError('config', 'The scope is missing')),
      },
    })
    const seen = await preview(given, WISH)
    assert.equal(seen.counts.create, 2)
    assert.deepEqual(seen.notes, ['Deals could not be searched: The scope is missing'])
  })

  test('of a slow source is of the records that came while a person waits', async ({ assert }) => {
    const fast = memorySource(orders(10_000))
    const given = makeInput({
      source: {
        read: async function* (ctx, described, query) {
          for await (const page of fast.read?.(ctx, described, query) ?? []) {
            await given.world.sleep(9_000)
            yield page
          }
        },
      },
      routes: [new MemoryTarget('Ref').callRoute(['upsert'], ['upsert'])],
      ledger: new MemoryLedger(),
    })
    const seen = await preview(given, { ...WISH, within: 30_000 })
    assert.isFalse(seen.isComplete)
    assert.isAtLeast(seen.counts.create, 3_000)
    assert.isAtMost(seen.counts.create, 6_000)
    const losses = await reportLosses(given, { most: 100_000, within: 30_000 })
    assert.isFalse(losses.isWhole)
    assert.isAtLeast(losses.records, 3_000)
    assert.isAtMost(losses.records, 6_000)
    const whole = await reportLosses(given, { most: 100_000 })
    assert.deepEqual([whole.isWhole, whole.records], [true, 10_000])
  })
})
