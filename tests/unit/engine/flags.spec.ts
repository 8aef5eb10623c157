import { test } from '@japa/runner'
import { ConnectorError } from '#sdk'
import { preview } from '#engine/preview'
import { sync } from '#engine/sync'
import type { SyncInput } from '#engine/sync_input'
import { FLAGGED_ORDERS, FlaggedTable } from './support/flagged_table.js'
import { definition, makeInput, orders } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { MemoryTarget } from './support/memory_target.js'

function given(count: number, by: 'call' | 'job' = 'call') {
  const table = new FlaggedTable(orders(count))
  const ledger = new MemoryLedger()
  const target = new MemoryTarget('Ref')
  const route = by === 'call' ? target.callRoute(['upsert'], ['upsert']) : null
  const routes = [route ?? target.jobRoute(['upsert'], ['upsert'])]
  const input = (parts: Partial<SyncInput> = {}): SyncInput => {
    const made = makeInput({ source: table.access, routes, ledger })
    const plain = definition('upsert')
    return {
      ...made,
      definition: { ...plain, source: { ...plain.source, flag: { field: 'done' } } },
      source: { ...made.source, stream: FLAGGED_ORDERS },
      ...parts,
    }
  }
  return { table, ledger, target, input }
}

test.group('flags of the source', () => {
  for (const by of ['call', 'job'] as const) {
    test(`are set for what has arrived by ${by}, which is not read again`, async ({ assert }) => {
      const { table, ledger, target, input } = given(25, by)
      target.luck = { ...target.luck, record: ({ Ref }) => (Ref === 'R7' ? 'reject' : 'ok') }
      const first = await sync(input())
      assert.deepInclude(first.counters, { created: 24, rejected: 1 })
      assert.deepInclude(first.flags, { set: 24, unset: 0, changed: 0, left: 0, problem: null })
      assert.lengthOf(table.flagged, 24)
      assert.notInclude(table.flagged, 7)

      ledger.newRun()
      table.edit(3, 'Another')
      const second = await sync(input())
      assert.deepInclude(second.counters, { updated: 1, rejected: 1, created: 0, unchanged: 0 })
      assert.include(table.flagged, 3)
      assert.notInclude(table.flagged, 7)

      ledger.newRun()
      target.luck = { ...target.luck, record: () => 'ok' }
      table.edit(7, 'Mended')
      const third = await sync(input())
      assert.deepInclude(third.counters, { created: 1, rejected: 0 })
      assert.lengthOf(table.flagged, 25)
    })
  }

  test('stay unset where a record changed while it was sent', async ({ assert }) => {
    const { table, ledger, target, input } = given(5)
    table.before = () => table.edit(2, 'Changed meanwhile')
    const first = await sync(input())
    assert.deepInclude(first.flags, { set: 4, changed: 1 })
    assert.notInclude(table.flagged, 2)
    table.before = () => undefined
    ledger.newRun()
    const second = await sync(input())
    assert.deepInclude(second.counters, { updated: 1 })
    assert.lengthOf(table.flagged, 5)
    assert.include(target.writes.at(-1), 'Changed meanwhile')
  })

  test('cost no credit where a record has arrived and was not flagged', async ({ assert }) => {
    const { table, ledger, input } = given(30)
    table.before = () => {
      throw new ConnectorError('config', 'UPDATE is denied to this user')
    }
    const first = await sync(input())
    assert.deepInclude(first.counters, { created: 30 })
    assert.deepInclude(first.flags, {
      set: 0,
      left: 30,
      problem: 'UPDATE is denied to this user',
    })
    assert.lengthOf(table.batches, 1, 'it is not tried again and again')
    table.before = () => undefined
    ledger.newRun()
    const second = await sync(input())
    assert.deepInclude(second.counters, { unchanged: 30 })
    assert.equal(second.credits.spent, 0)
    assert.lengthOf(table.flagged, 30)
  })

  test('are tried again where the source is away for a moment', async ({ assert }) => {
    const { table, input } = given(10)
    let troubles = 2
    table.before = () => {
      if (troubles-- > 0) throw new ConnectorError('transient', 'Gone away')
    }
    const report = await sync(input())
    assert.deepInclude(report.flags, { set: 10, problem: null })
  })

  test('are unset for what fails, and not read by one who asks for it', async ({ assert }) => {
    const { table, ledger, target, input } = given(3)
    await sync(input())
    assert.lengthOf(table.flagged, 3)
    ledger.newRun()
    const row = table.rows.get(2)!
    table.rows.set(2, { ...row, name: 'Refused' })
    target.luck = { ...target.luck, record: () => 'reject' }
    const report = await sync(input({ only: ['1', '2'] }))
    assert.deepInclude(report.counters, { rejected: 2 })
    assert.deepEqual(table.flagged, [3])
    assert.deepInclude(report.flags, { unset: 2 })
  })

  test('are unset for a flagged record that changed while it was sent', async ({ assert }) => {
    const { table, ledger, input } = given(2)
    await sync(input())
    ledger.newRun()
    table.before = () => table.rows.set(1, { ...table.rows.get(1), name: 'Silently' })
    const report = await sync(input({ only: ['1'] }))
    assert.deepInclude(report.flags, { changed: 1, unset: 1 })
    assert.deepEqual(table.flagged, [2])
  })

  test('are set for a record that was mended by hand, if the source still holds what it did', async ({
    assert,
  }) => {
    const { table, input } = given(2)
    const from = [...table.rows.values()].map((row) => ({ ...row }))
    const mended = from.map((row) => ({ ...row, name: 'Mended' }))
    table.rows.set(2, { ...table.rows.get(2), name: 'Mended at the source too' })
    const report = await sync(input({ given: mended, givenFrom: from, only: ['1', '2'] }))
    assert.deepInclude(report.counters, { created: 2 })
    assert.deepInclude(report.flags, { set: 1, changed: 1 })
    assert.deepEqual(table.flagged, [1])
  })

  test('what the filter leaves out stays unset', async ({ assert }) => {
    const { table, input } = given(4)
    const { definition: plain } = input()
    const source = { ...plain.source, filter: '!(id == 2)' }
    const report = await sync(input({ definition: { ...plain, source } }))
    assert.deepInclude(report.counters, { created: 3, filtered: 1 })
    assert.deepEqual(table.flagged, [1, 3, 4])
  })

  test('a preview counts what is unset, and flags nothing', async ({ assert }) => {
    const { table, ledger, input } = given(6)
    await sync(input())
    ledger.newRun()
    table.edit(1, 'Another')
    const batches = table.batches.length
    const keep = { create: 9, update: 9, delete: 9, unchanged: 9, filtered: 9, rejected: 9 }
    const seen = await preview(input(), { keep, ask: 0 })
    assert.deepInclude(seen.counts, { update: 1, unchanged: 0, create: 0 })
    assert.lengthOf(table.batches, batches)
    assert.notInclude(table.flagged, 1)
  })
})
