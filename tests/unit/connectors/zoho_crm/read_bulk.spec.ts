import { test } from '@japa/runner'
import type { ReadQuery } from '#sdk'
import { openOrg } from './open_org.js'
import {
  asked,
  dealsOf,
  idsIn,
  jobsAt,
  newDeals,
  otherUser,
  readWhole,
  routeOf,
} from './read_kit.js'

const quick = { bulkReadDelayMs: 10, bulkReadQueueMs: 10 }

const telling = {
  Amount: 1200.5,
  Discount: 0.25,
  Item_Count: 7,
  Is_Gift: true,
  Ordered_At: '2026-11-20T09:30:00+00:00',
  Closing_Date: '2026-12-24',
  Order_Notes: 'two\nlines, "quoted"',
  Shipping_City: 'Zürich 😀',
}

test.group('zoho_crm bulk read', () => {
  test('gives the very records that list and query give', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup, quick)
    const user = await otherUser(sim)
    const [account] = await user.insert([{ Account_Name: 'Acme, "Ltd"' }], 'Accounts')
    const person = { First_Name: 'Ada', Last_Name: 'Lovelace' }
    const [contact] = await user.insert([person], 'Contacts')
    const lookup = { Account_Name: { id: account }, Contact_Name: { id: contact } }
    await user.insert([...newDeals(3, { ...telling, ...lookup }), ...newDeals(2, {}, 10)])
    const stream = await dealsOf(ctx)
    const names = stream.fields.filter(({ type }) => type !== 'json').map(({ name }) => name)
    const fields = names.filter((name) => name !== 'Created_By' && name !== 'Modified_By')
    const query = asked({ fields })
    const [bulk, list, coql] = await Promise.all(
      ['bulk_read', 'list', 'coql'].map((name) => readWhole(ctx, stream, name, query))
    )
    assert.deepEqual(list.records, coql.records)
    assert.deepEqual(bulk.records, coql.records)
    assert.lengthOf(bulk.records, 5)
    assert.containSubset(bulk.records[0], { Is_Gift: true, Item_Count: 7, Amount: '1200.5' })
  })

  test('a restart while the job runs goes on with the same job', async ({ assert, cleanup }) => {
    const { ctx, context, sim } = await openOrg(cleanup, { ...quick, bulkReadRunMs: 100 })
    const user = await otherUser(sim)
    await user.insert(newDeals(30))
    const stream = await dealsOf(ctx)
    const route = routeOf(ctx, stream, 'bulk_read')
    let cursor: ReadQuery['cursor'] = null
    for await (const page of route.read(ctx, stream, asked())) {
      assert.deepEqual(page.records, [])
      assert.isAbove(page.pollAfter ?? 0, 0)
      cursor = JSON.parse(JSON.stringify(page.cursor))
      break
    }
    const after = context()
    const { records } = await readWhole(after.ctx, stream, 'bulk_read', asked({ cursor }))
    assert.lengthOf(records, 30)
    assert.equal(jobsAt(sim), 1)
    assert.equal(after.meter.credits, 0)
  })

  test('goes on in the middle of the file, over jobs by token', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup, {
      ...quick,
      bulkReadRows: 40,
      bulkReadDownloads: 99,
    })
    const user = await otherUser(sim)
    const ids = await user.insert(newDeals(100))
    const stream = await dealsOf(ctx)
    const query = asked({ pageSize: 15 })
    const whole = await readWhole(ctx, stream, 'bulk_read', query)
    assert.deepEqual(idsIn(whole), ids)
    assert.equal(jobsAt(sim), 3)
    const parts = whole.cursors.map((cursor) =>
      readWhole(ctx, stream, 'bulk_read', { ...query, cursor })
    )
    const rests = await Promise.all(parts)
    for (const [at, rest] of rests.entries()) {
      const { seen = ids.length } = Object(whole.cursors[at])
      assert.deepEqual(idsIn(rest), ids.slice(seen))
    }
    assert.lengthOf(rests[0].records, 100)
    assert.lengthOf(rests.at(-1)?.records ?? [1], 0)
  })
})
