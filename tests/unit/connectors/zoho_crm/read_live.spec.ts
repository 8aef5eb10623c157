import { test } from '@japa/runner'
import type { IncrementalBounds, Value } from '#sdk'
import { highWater } from '../../../../plugins/connectors/zoho_crm/read/high_water.js'
import { openOrg } from './open_org.js'
import { asked, dealsOf, idsIn, newDeals, otherUser, readWhole, routeOf } from './read_kit.js'

test.group('zoho_crm reads the simulator', () => {
  test('the list goes past 2,000 records and resumes after a day', async ({ assert, cleanup }) => {
    const { ctx, context, sim } = await openOrg(cleanup)
    const user = await otherUser(sim)
    await user.insert(newDeals(2300, { Amount: 12.5 }))
    const stream = await dealsOf(ctx)
    const reader = context()
    const { records, cursors } = await readWhole(reader.ctx, stream, 'list', asked())
    assert.equal(new Set(records.map(({ Order_Ref: ref }) => ref)).size, 2300)
    assert.equal(records[0].Amount, '12.5')
    assert.equal(reader.meter.credits, 12)
    sim.advance(25 * 3600)
    const rest = await readWhole(reader.ctx, stream, 'list', asked({ cursor: cursors[0] }))
    assert.deepEqual(rest.records, records.slice(200))
  })

  for (const name of ['coql', 'list']) {
    test(`an increment by ${name} holds its bounds and all that share a time`, async ({
      assert,
      cleanup,
    }) => {
      const { ctx, sim } = await openOrg(cleanup)
      const stream = await dealsOf(ctx)
      const user = await otherUser(sim)
      const ids = await user.insert(newDeals(120))
      sim.advance(600)
      const from = await highWater(ctx, stream, 'Modified_Time')
      await user.update(ids.slice(-10).map((id) => ({ id, Amount: 99 })))
      await user.insert(newDeals(30, {}, 200))
      const until = await highWater(ctx, stream, 'Modified_Time')
      const between = (first: Value, last: Value): { incremental: IncrementalBounds } => ({
        incremental: { field: 'Modified_Time', from: first, until: last },
      })
      const read = async (first: Value, last: Value) =>
        idsIn(await readWhole(ctx, stream, name, asked({ pageSize: 7, ...between(first, last) })))
      const changed = await read(until, until)
      assert.isAtLeast(changed.length, 1)
      const all = await read(from, until)
      assert.includeMembers(all, ids.slice(-10))
      assert.isAtLeast(new Set(all).size, 41)
      assert.lengthOf(await read('2001-01-01T00:00:00Z', '2001-01-02T00:00:00.5Z'), 0)
    })
  }

  test('an org that answers 200 rows at once is read whole', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup, { coqlRowsPerCall: 200 })
    const stream = await dealsOf(ctx)
    const user = await otherUser(sim)
    await user.insert(newDeals(1250))
    for (const expected of [undefined, 1250]) {
      const read = await readWhole(ctx, stream, 'coql', asked(expected ? { expected } : {}))
      assert.equal(new Set(idsIn(read)).size, 1250)
    }
  })

  test('an empty module has a high water mark', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const mark = await highWater(ctx, await dealsOf(ctx), 'Modified_Time')
    assert.match(String(mark), /^1970-01-01T/)
  })

  test('records by id cost a hundredth each and keep the filter', async ({ assert, cleanup }) => {
    const { ctx, context, sim } = await openOrg(cleanup)
    const user = await otherUser(sim)
    const ids = await user.insert(newDeals(350))
    const reader = context()
    const values = [...ids.slice(0, 250), '1', 'none']
    const filter = { all: [{ field: 'id', op: 'in' as const, values }] }
    const stream = await dealsOf(ctx)
    const query = asked({ filter, pageSize: 1000 })
    const read = await readWhole(reader.ctx, stream, 'list', query)
    assert.deepEqual(idsIn(read), ids.slice(0, 250).sort())
    assert.equal(reader.meter.credits, 3)
    assert.equal(routeOf(ctx, stream, 'list').cost(200, query), 2)
  })

  for (const name of ['coql', 'list']) {
    test(`edits and deletions while ${name} pages lose nothing`, async ({ assert, cleanup }) => {
      const { ctx, sim } = await openOrg(cleanup)
      const user = await otherUser(sim)
      const ids = await user.insert(newDeals(700))
      const gone = new Set<string>()
      const seen = new Set<string>()
      const stream = await dealsOf(ctx)
      const query = asked({ pageSize: 100 })
      for await (const page of routeOf(ctx, stream, name).read(ctx, stream, query)) {
        for (const id of idsIn(page)) seen.add(id)
        const some = ids.filter((id) => seen.has(id) && !gone.has(id)).slice(0, 40)
        await user.update(some.slice(0, 10).map((id) => ({ id, Amount: seen.size })))
        await user.remove(some.slice(10))
        for (const id of some.slice(10)) gone.add(id)
        await user.insert(newDeals(5, {}, 1000 + gone.size))
      }
      assert.deepEqual(
        ids.filter((id) => !seen.has(id)),
        []
      )
    })
  }
})
