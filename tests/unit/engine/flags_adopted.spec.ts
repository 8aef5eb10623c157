import { test } from '@japa/runner'
import { sync } from '#engine/sync'
import { Flags, type FlagHost } from '#engine/flags'
import { Account } from '#engine/account'
import type { SyncInput } from '#engine/sync_input'
import { FLAGGED_ORDERS, FlaggedTable } from './support/flagged_table.js'
import { definition, makeInput, orders } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { MemoryTarget } from './support/memory_target.js'

function given(count: number) {
  const table = new FlaggedTable(orders(count))
  const ledger = new MemoryLedger()
  const target = new MemoryTarget('Ref')
  const routes = [target.jobRoute(['upsert'], ['upsert'])]
  const input = (only: string[] | null = null): SyncInput => {
    const made = { ...makeInput({ source: table.access, routes, ledger: ledger.lease() }), only }
    const plain = definition('upsert')
    return {
      ...made,
      definition: { ...plain, source: { ...plain.source, flag: { field: 'done' } } },
      source: { ...made.source, stream: FLAGGED_ORDERS },
    }
  }
  return { table, ledger, target, input }
}

test.group('flags of a job that another attempt sent', () => {
  test('are left, and set by the next run for no credit', async ({ assert }) => {
    const { table, ledger, input } = given(12)
    ledger.doom = () => (ledger.jobs.size > 0 ? 'before' : null)
    await assert.rejects(() => sync(input()), 'settle')
    assert.equal(ledger.jobs.size, 1, 'the process dies with a job under way')
    ledger.doom = () => null
    const taken = await sync(input())
    assert.deepInclude(taken.counters, { created: 12 })
    assert.deepInclude(taken.flags, { set: 0, gone: 0, left: 12, problem: null })
    assert.lengthOf(table.batches, 0, 'no record is flagged without its key')
    ledger.newRun()
    const next = await sync(input())
    assert.deepInclude(next.counters, { unchanged: 12 })
    assert.equal(next.credits.spent, 0)
    assert.lengthOf(table.flagged, 12)
  })

  test('are taken back by a replay whose records did not arrive', async ({ assert }) => {
    const { table, ledger, target, input } = given(6)
    for (const row of table.rows.values()) row.done = Number(row.id) < 4
    target.luck = { ...target.luck, record: ({ Ref }) => (Ref === 'R4' ? 'ok' : 'reject') }
    ledger.doom = () => (ledger.jobs.size > 0 ? 'before' : null)
    const replay = () => input(['1', '2', '4'])
    await assert.rejects(() => sync(replay()), 'settle')
    ledger.doom = () => null
    const taken = await sync(replay())
    assert.deepInclude(taken.counters, { created: 1, rejected: 2 })
    assert.deepInclude(taken.flags, { set: 0, unset: 2, left: 1, problem: null })
    assert.deepEqual(table.flagged, [3])
  })
})

test.group('flags of a run that is halted', () => {
  test('hold up no settlement, however many wait', async ({ assert }) => {
    const { table, input } = given(0)
    const made = input()
    let ring: () => void = () => undefined
    const host: FlagHost & { isHalted: boolean } = {
      isHalted: false,
      spawn: (work: () => Promise<void>) => void work(),
      rest: () => new Promise<void>(() => undefined),
      changed: () => new Promise<void>((resolve) => (ring = resolve)),
      ring: () => undefined,
    }
    const flagging = { maxRecords: 10, flag: () => new Promise<never>(() => undefined) }
    const terms = { field: 'done', set: true, unset: false }
    const flags = new Flags(host, made.source, flagging, terms, made.world, new Map())
    const account = new Account()
    account.known = orders(20_100).map((source) => ({ source, isArrived: true }))
    const settled = flags.settled([account])
    host.isHalted = true
    ring()
    const never = Symbol('never')
    const turns = async () => {
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
      return never
    }
    assert.notEqual(await Promise.race([settled, turns()]), never)
    assert.lengthOf(table.batches, 0)
  })
})
