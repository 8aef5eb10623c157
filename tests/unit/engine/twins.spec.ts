import { test } from '@japa/runner'
import fc from 'fast-check'
import { recordsRead } from '#engine/counters'
import { preview } from '#engine/preview'
import type { RecordValues } from '#sdk'
import { dice } from './support/dice.js'
import { order, Stage, WAYS } from './support/twins_stage.js'

const RULE = 'DUPLICATE_IN_SOURCE'
test.group('Records that share a match value', () => {
  test('the first one: later ones are left out, and counted', async ({ assert }) => {
    const stage = new Stage('first')
    stage.records = [order(1, 'A'), order(2, 'A'), order(3, 'B'), order(4, 'A')]
    const { counters } = await stage.run()
    assert.containSubset(counters, { created: 2, filtered: 2, rejected: 0 })
    assert.deepEqual(
      stage.names,
      new Map([
        ['A', 'Order 1'],
        ['B', 'Order 3'],
      ])
    )
    assert.equal(stage.ledger.letters.size, 0)
    const again = await stage.run()
    assert.containSubset(again.counters, { unchanged: 2, filtered: 2 })
    assert.equal(again.credits.spent, 0)
  })

  test('the last one: each is written in turn, and nothing where nothing changed', async ({
    assert,
  }) => {
    const stage = new Stage('last')
    stage.records = [order(1, 'A'), order(2, 'A'), order(3, 'B'), order(4, 'A')]
    const { counters } = await stage.run()
    assert.containSubset(counters, { created: 2, updated: 2, rejected: 0 })
    assert.equal(stage.names.get('A'), 'Order 4')
    assert.deepEqual([...(stage.ledger.owners.get('a') ?? [])], ['4'])
    const again = await stage.run()
    assert.containSubset(again.counters, { unchanged: 2, filtered: 2 })
    assert.equal(again.credits.spent, 0)

    stage.records[0] = order(1, 'A', 'Changed')
    await stage.run()
    assert.equal(stage.names.get('A'), 'Order 4', 'the last one comes after what changed')
    stage.records.push(order(5, 'A'))
    await stage.run()
    assert.equal(stage.names.get('A'), 'Order 5')
    for (let runs = 0; runs < 2; runs += 1) await stage.run()
    const quiet = await stage.run()
    assert.equal(quiet.credits.spent, 0)
    assert.equal(stage.names.get('A'), 'Order 5')
  })

  test('who lets go of a value is not written to the record of who took it', async ({ assert }) => {
    const sent: Array<[name: unknown, id: string | null]> = []
    const stage = new Stage('last', (target) => {
      const route = target.callRoute(['upsert'], ['upsert'], 7)
      const send: typeof route.send = (ctx, batch) => {
        sent.push(
          ...batch.records.map(({ Name }, at): [unknown, string | null] => [Name, batch.ids[at]])
        )
        return route.send(ctx, batch)
      }
      return [{ ...route, send }]
    })
    stage.records = [order(1, 'A')]
    await stage.run()
    stage.records.push(order(2, 'A'))
    await stage.run()
    sent.length = 0
    stage.records[0] = order(1, 'B', 'Moved')
    await stage.run()
    assert.deepEqual(sent, [['Moved', null]])
    stage.records = [order(1, 'A', 'Back'), order(2, 'C', 'Gone')]
    sent.length = 0
    await stage.run()
    assert.deepEqual(sent, [
      ['Back', null],
      ['Gone', null],
    ])
    assert.equal(stage.names.get('A'), 'Back')
    assert.equal(stage.names.get('C'), 'Gone')
  })

  test('who was overtaken and comes again alike is the last one', async ({ assert }) => {
    for (const routesOf of Object.values(WAYS)) {
      const stage = new Stage('last', routesOf)
      stage.pageSize = () => 1
      stage.records = [order(3, 'A', 'Once'), order(7, 'A'), order(7, 'B'), order(3, 'A', 'Once')]
      await stage.run()
      assert.equal(stage.names.get('A'), 'Once')
      assert.deepEqual([...(stage.ledger.owners.get('a') ?? [])], ['3'])
    }
  })

  test('a preview says which one is left out, and for which', async ({ assert }) => {
    const keep = { create: 9, update: 9, delete: 9, unchanged: 9, filtered: 9, rejected: 9 }
    for (const policy of ['first', 'last'] as const) {
      const stage = new Stage(policy)
      stage.pageSize = () => 9
      stage.records = [order(1, 'A'), order(2, 'A'), order(3, 'B')]
      const fresh = await preview(stage.input(), { keep, ask: 0 })
      const counts = { first: { create: 2, filtered: 1 }, last: { create: 2, update: 1 } }
      assert.containSubset(fresh.counts, { ...counts[policy], rejected: 0 })
      await stage.run()
      const { counts: known, records } = await preview(stage.input(), { keep, ask: 0 })
      assert.containSubset(known, { unchanged: 2, filtered: 1, update: 0, rejected: 0 })
      const [left] = records.filter(({ outcome }) => outcome === 'filtered')
      assert.deepEqual([left.key, left.faults[0].rule], [policy === 'first' ? '2' : '1', RULE])
      assert.include(left.faults[0].message, `'${policy === 'first' ? 1 : 2}'`)
    }
  })

  test('a record with its own value again is one of its own', async ({ assert }) => {
    const stage = new Stage('last')
    stage.records = [order(1, 'A'), order(2, 'A')]
    await stage.run()
    stage.records = [order(1, 'A'), order(2, 'B')]
    await stage.run()
    stage.records = [order(1, 'A', 'Once more'), order(2, 'B')]
    const { counters } = await stage.run()
    assert.containSubset(counters, { updated: 1, unchanged: 1 })
    assert.equal(stage.names.get('A'), 'Once more')
  })
})

const scenario = fc.record({
  seed: fc.nat(),
  refs: fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 70 }),
  edits: fc.array(fc.tuple(fc.nat({ max: 69 }), fc.integer({ min: 1, max: 25 })), {
    maxLength: 12,
  }),
  pageSize: fc.integer({ min: 1, max: 20 }),
  crashes: fc.constantFrom(0, 0.1, 0.3),
})

test.group('Whatever happens', () => {
  for (const [name, routesOf] of Object.entries(WAYS)) {
    for (const policy of ['first', 'last'] as const) {
      test(`the target holds the ${policy} one, ${name}`, async ({ assert }) => {
        await fc.assert(
          fc.asyncProperty(scenario, async ({ seed, refs, edits, pageSize, crashes }) => {
            const stage = new Stage(policy, routesOf)
            stage.chance = dice(seed)
            stage.crashes = crashes
            stage.pageSize = () => 1 + Math.floor(stage.chance() * pageSize)
            stage.records = refs.map((ref, index) => order(index + 1, `R${ref}`))
            const first = await stage.run()
            assert.equal(recordsRead(first.counters), refs.length)
            assert.deepEqual(stage.names, wanted(stage.records, policy))
            for (const [place, ref] of policy === 'last' ? edits : []) {
              const id = (place % refs.length) + 1
              stage.records[id - 1] = order(id, `R${ref}`, `Edit ${id} ${ref}`)
            }
            const second = await stage.run()
            assert.equal(recordsRead(second.counters), refs.length)
            // What the last one leaves to an earlier one is seen when that is read again.
            stage.crashes = 0
            await stage.run()
            for (const [ref, wish] of wanted(stage.records, policy)) {
              assert.equal(stage.names.get(ref), wish)
            }
            assert.equal(second.counters.rejected + second.counters.failed, 0)
          }),
          { numRuns: 120 }
        )
      }).timeout(60_000)
    }
  }
})

function wanted(records: RecordValues[], policy: 'first' | 'last'): Map<string, string> {
  const names = new Map<string, string>()
  for (const { ref, name } of records) {
    if (policy === 'last' || !names.has(String(ref))) names.set(String(ref), String(name))
  }
  return names
}
