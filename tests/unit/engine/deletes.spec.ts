import { test } from '@japa/runner'
import fc from 'fast-check'
import type { Operation, RecordValues } from '#sdk'
import { recordsRead } from '#engine/counters'
import { preview } from '#engine/preview'
import { sync } from '#engine/sync'
import { dice } from './support/dice.js'
import { makeInput, orders } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { MemoryTarget, type Mishap } from './support/memory_target.js'
import { runUntilDone } from './support/run_until_done.js'

const MISHAPS: Mishap[] = ['lost-before', 'lost-after', 'rate-limited', 'transient']
const ALL: Operation[] = ['upsert', 'delete']

/** A service over orders that now writes and now deletes, as its revisions say. */
class Given {
  readonly ledger = new MemoryLedger()
  readonly target = new MemoryTarget('Ref')
  chance = () => 0.5
  doomRisk = 0

  input(records: RecordValues[], operation: Operation) {
    return makeInput({
      source: memorySource(records, () => 1 + Math.floor(this.chance() * 30)),
      routes: [this.target.callRoute(ALL, ['upsert'], 7)],
      ledger: this.ledger.lease(),
      operation,
      target: { lookup: this.target.lookup },
      random: this.chance,
    })
  }

  async run(records: RecordValues[], operation: Operation) {
    this.ledger.newRun()
    return runUntilDone(
      () => this.input(records, operation),
      (attempt) => {
        const risk = attempt > 60 ? 0 : this.doomRisk
        this.ledger.doom = () =>
          this.chance() < risk ? (this.chance() < 0.5 ? 'before' : 'after') : null
      }
    )
  }

  get refs(): string[] {
    return [...this.target.records.values()].map((record) => String(record.Ref)).sort()
  }
}

test.group('a service that deletes', () => {
  test('takes out exactly its records, and a second run costs nothing', async ({ assert }) => {
    const given = new Given()
    await given.run(orders(30), 'upsert')
    given.ledger.links.clear()
    const doomed = [...orders(20), { id: 99, ref: 'nobody', name: 'Never there' }]
    const { counters, credits } = await given.run(doomed, 'delete')
    assert.include(counters, { deleted: 20, unchanged: 1, rejected: 0 })
    assert.equal(credits.spent, credits.planned)
    assert.lengthOf(given.refs, 10)
    const calls = given.target.calls.length
    const again = await given.run(doomed, 'delete')
    assert.include(again.counters, { deleted: 0, unchanged: 21 })
    assert.deepEqual(again.credits, { planned: 0, spent: 0 })
    assert.lengthOf(given.target.calls, calls)
  })

  test('what comes back after it was deleted is written and deleted anew', async ({ assert }) => {
    const given = new Given()
    await given.run(orders(5), 'upsert')
    await given.run(orders(5), 'delete')
    assert.lengthOf(given.refs, 0)
    const back = await given.run(orders(5), 'upsert')
    assert.include(back.counters, { created: 5, unchanged: 0 })
    const gone = await given.run(orders(5), 'delete')
    assert.include(gone.counters, { deleted: 5 })
    assert.lengthOf(given.refs, 0)
  })

  test('of two records that name one the second finds it gone', async ({ assert }) => {
    const given = new Given()
    await given.run(orders(2), 'upsert')
    given.ledger.links.clear()
    const twice = [...orders(2), { id: 7, ref: 'R1', name: 'Again' }]
    const { counters } = await given.run(twice, 'delete')
    assert.include(counters, { deleted: 2, unchanged: 1, rejected: 0 })
  })

  test('one that could be several is rejected, and one not surely gone fails', async ({
    assert,
  }) => {
    const given = new Given()
    await given.run(orders(3), 'upsert')
    given.ledger.links.clear()
    const input = given.input(orders(3), 'delete')
    given.ledger.newRun()
    input.target.access = {
      lookup: async () => ({
        found: ['id 1', 'id 2'].map((id) => ({ index: 0, id })),
        certain: false,
      }),
    }
    const { counters } = await sync(input)
    assert.include(counters, { deleted: 0, rejected: 1, failed: 2 })
    assert.equal(given.ledger.letters.get('1')?.code, 'MATCH_AMBIGUOUS')
    assert.lengthOf(given.refs, 3)
  })

  test('a preview shows each record that would go, and what is gone', async ({ assert }) => {
    const given = new Given()
    await given.run(orders(4), 'upsert')
    given.ledger.links.clear()
    given.ledger.newRun()
    const none = { create: 0, update: 0, unchanged: 9, filtered: 0, rejected: 9 }
    const input = given.input([...orders(4), { id: 9, ref: 'nobody', name: 'x' }], 'delete')
    const seen = await preview(input, { keep: { ...none, delete: 9 }, ask: 9 })
    assert.include(seen.counts, { create: 0, update: 0, delete: 4, unchanged: 1 })
    assert.containSubset(seen.plan, [{ way: 'write', records: 4, credits: 1 }])
    assert.isTrue(
      seen.records.every(({ hash, outcome }) => (hash === null) === (outcome !== 'delete'))
    )
    assert.lengthOf(given.refs, 4)
  })
})

const scenario = fc.record({
  seed: fc.nat(),
  count: fc.integer({ min: 0, max: 120 }),
  doomed: fc.integer({ min: 0, max: 120 }),
  crashes: fc.constantFrom(0, 0.1, 0.3),
  mishaps: fc.constantFrom(0, 0.2, 0.4),
  forgets: fc.boolean(),
})

test.group('deleting loses nothing and doubles nothing', () => {
  test('by crashes, lost replies and refusals, to and fro', async ({ assert }) => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ seed, count, doomed, crashes, mishaps, forgets }) => {
        const given = new Given()
        const records = orders(count)
        await given.run(records, 'upsert')
        if (forgets) given.ledger.links.clear()
        given.chance = dice(seed)
        given.doomRisk = crashes
        const { chance } = given
        given.target.luck = {
          ...given.target.luck,
          call: () => (chance() < mishaps ? MISHAPS[Math.floor(chance() * 4)] : 'none'),
        }
        const going = orders(doomed)
        const { counters } = await given.run(going, 'delete')
        assert.equal(recordsRead(counters), doomed)
        assert.equal(counters.deleted + counters.unchanged, doomed)
        assert.deepEqual(counters, given.ledger.counters)
        const stays = records.slice(doomed).map(({ ref }) => String(ref))
        assert.deepEqual(given.refs, stays.sort())
        for (const { id } of going) {
          const link = given.ledger.links.get(String(id))
          assert.include(link, { state: 'deleted', targetId: null })
        }
        const calls = given.target.calls.length
        const again = await given.run(going, 'delete')
        assert.equal(again.counters.unchanged, doomed)
        assert.lengthOf(given.target.calls, calls)
        await given.run(records, 'upsert')
        assert.deepEqual(given.refs, records.map(({ ref }) => String(ref)).sort())
      }),
      { numRuns: 100 }
    )
  }).timeout(60_000)
})
