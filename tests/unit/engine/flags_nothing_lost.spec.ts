import { test } from '@japa/runner'
import fc from 'fast-check'
import { ConnectorError, type RecordValues } from '#sdk'
import { recordsRead } from '#engine/counters'
import { sync } from '#engine/sync'
import type { SyncInput } from '#engine/sync_input'
import { dice } from './support/dice.js'
import { FLAGGED_ORDERS, FlaggedTable } from './support/flagged_table.js'
import { definition, makeInput, orders } from './support/make_input.js'
import { Crash, MemoryLedger } from './support/memory_ledger.js'
import { MemoryTarget, type Mishap } from './support/memory_target.js'
import { runUntilDone } from './support/run_until_done.js'

const scenario = fc.record({
  seed: fc.nat(),
  count: fc.integer({ min: 0, max: 120 }),
  pageSize: fc.integer({ min: 1, max: 30 }),
  perBatch: fc.integer({ min: 1, max: 20 }),
  crashes: fc.constantFrom(0, 0.05, 0.2, 0.4),
  mishaps: fc.constantFrom(0, 0.1, 0.3),
  badRecords: fc.constantFrom(0, 0.1),
  edits: fc.constantFrom(0, 0.2, 0.6),
})
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never

const MISHAPS: Mishap[] = ['lost-before', 'lost-after', 'transient']

function play(given: Scenario, by: 'call' | 'job') {
  const chance = dice(given.seed)
  const table = new FlaggedTable(orders(given.count))
  const ledger = new MemoryLedger()
  const target = new MemoryTarget('Ref')
  const routes = [
    by === 'call'
      ? target.callRoute(['upsert'], ['upsert'], 7)
      : target.jobRoute(['upsert'], ['upsert'], 23),
  ]
  const rows = [...table.rows.values()]
  const bad = new Set(rows.filter(() => chance() < given.badRecords).map(({ ref }) => ref))
  target.luck = {
    call: () => (chance() < given.mishaps ? MISHAPS[Math.floor(chance() * 3)] : 'none'),
    record: ({ Ref }) => (bad.has(Ref) ? 'reject' : 'ok'),
    job: () => (chance() < given.mishaps ? 'pending' : 'ok'),
  }
  table.maxRecords = given.perBatch
  table.pageSize = () => 1 + Math.floor(chance() * given.pageSize)
  const broken: string[] = []
  table.setting = (row) => broken.push(...unconfirmed(row, ledger, target))
  let [risk, unrest] = [0, 0]
  const maybeEdit = () => {
    if (chance() >= unrest || given.count === 0) return
    const id = 1 + Math.floor(chance() * given.count)
    table.edit(id, `Edited ${Math.floor(chance() * 1e9)}`)
  }
  const maybeDie = () => {
    maybeEdit()
    if (chance() < risk) throw new Crash('flag')
    if (chance() < given.mishaps * risk) throw new ConnectorError('transient', 'Gone away')
  }
  Object.assign(table, { before: maybeDie, after: maybeDie, reading: maybeEdit })
  const input = (): SyncInput => {
    const made = makeInput({ source: table.access, routes, ledger: ledger.lease(), random: chance })
    const plain = definition('upsert')
    return {
      ...made,
      definition: { ...plain, source: { ...plain.source, flag: { field: 'done' } } },
      source: { ...made.source, stream: FLAGGED_ORDERS },
    }
  }
  const finish = () =>
    runUntilDone(input, (attempt) => {
      const isPatient = attempt > 60
      risk = isPatient ? 0 : given.crashes
      unrest = isPatient ? 0 : given.edits
      ledger.doom = () => (chance() < risk ? (chance() < 0.5 ? 'before' : 'after') : null)
    })
  const calm = async () => {
    ledger.newRun()
    ledger.doom = () => null
    ;[risk, unrest] = [0, 0]
    // Six lost replies one after the other end a run, and rightly.
    target.luck = { ...target.luck, call: () => 'none', job: () => 'ok' }
    return sync(input())
  }
  return { table, ledger, target, bad, broken, finish, calm }
}

/** A flag may be set only for a version that the target holds and the ledger knows of. */
function unconfirmed(row: RecordValues, ledger: MemoryLedger, target: MemoryTarget): string[] {
  const link = ledger.links.get(String(row.id))
  const held = target.records.get(link?.targetId ?? '')
  if (link?.state === 'sent' && held?.Name === row.name) return []
  return [`${String(row.id)} is flagged, but ${JSON.stringify({ link, held, row })}`]
}

test.group('flags say what has arrived, whatever happens', () => {
  for (const by of ['call', 'job'] as const) {
    test(`sent by ${by}`, async ({ assert }) => {
      await fc.assert(
        fc.asyncProperty(scenario, async (given) => {
          const { table, ledger, target, bad, broken, finish, calm } = play(given, by)
          await finish()
          assert.deepEqual(broken, [])
          await calm()
          const { credits } = target
          const last = await calm()
          assert.deepEqual(broken, [])
          for (const row of table.rows.values()) {
            const isBad = bad.has(row.ref)
            assert.equal(row.done, !isBad, `${String(row.id)} after all is done`)
            if (!isBad) assert.deepEqual(unconfirmed(row, ledger, target), [])
          }
          assert.equal(recordsRead(last.counters), bad.size, 'only what failed is read again')
          assert.equal(target.credits, credits, 'and costs nothing')
        }),
        { numRuns: 150 }
      )
    }).timeout(120_000)
  }
})
