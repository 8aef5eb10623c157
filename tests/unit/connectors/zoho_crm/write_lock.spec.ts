import { test } from '@japa/runner'
import type { RecordValues } from '#sdk'
import { cannedContext } from './canned_context.js'
import { byRef, deal, dealBatch, deals } from './deal_batch.js'
import { openOrg } from './open_org.js'
import { callRoute } from './route_of.js'
import { faultsOf, idsOf, show } from './write_kit.js'

const ok = { code: 'SUCCESS', status: 'success', message: 'ok', details: { id: '1' } }

test.group('zoho_crm optimistic lock', () => {
  const options = { lockField: 'Ordered_At' }
  const update = (ids: string[]) => ({ operation: 'update' as const, match: byRef, ids, options })

  test('a record changed in Zoho meanwhile is left alone', async ({ assert, cleanup }) => {
    const { ctx, sim, meter } = await openOrg(cleanup)
    const start = Date.now()
    const ids = idsOf(await callRoute('upsert').send(ctx, dealBatch(deals(3))))
    sim.advance(3600)
    const touched = { operation: 'update' as const, ids: [ids[1]] }
    await callRoute('update').send(ctx, dealBatch([{ Shipping_City: 'Theirs' }], touched))
    sim.advance(60)
    const known = new Date(start + 1800_000).toISOString()
    const before = meter.calls.length
    const ours = deals(3, { Shipping_City: 'Ours', Ordered_At: known })
    const outcomes = await callRoute('update').send(ctx, dealBatch(ours, update(ids)))
    assert.deepEqual(faultsOf(outcomes), ['updated', 'ALREADY_MODIFIED', 'updated'])
    assert.containSubset(outcomes[1], { state: 'rejected' })
    assert.equal(meter.calls.length - before, 2)
    const shown = await show(ctx, 'Deals', ids[1])
    assert.equal(shown.Shipping_City, 'Theirs')
    const alone = dealBatch([ours[1]], update([ids[1]]))
    assert.deepEqual(faultsOf(await callRoute('update').send(ctx, alone)), ['ALREADY_MODIFIED'])
  })

  test('our own write whose answer got lost is no conflict', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup)
    const known = new Date(Date.now() + 60_000).toISOString()
    const records = deals(2, { Shipping_City: 'Ours', Ordered_At: known })
    const [id] = idsOf(await callRoute('upsert').send(ctx, dealBatch(deals(2))))
    sim.advance(3600)
    await show(ctx, 'Deals', id)
    sim.faults([{ kind: 'drop_after', match: { path: '/upsert', times: 1 } }])
    const first = callRoute('upsert').send(ctx, dealBatch(records))
    assert.containSubset(await first.catch((thrown: unknown) => thrown), { delivered: 'unknown' })
    const again = await callRoute('upsert').send(ctx, dealBatch(records, { options }))
    assert.deepEqual(faultsOf(again), ['unchanged', 'unchanged'])
  })

  test('each time is a call of its own, and no time locks nothing', async ({ assert }) => {
    const { ctx, calls } = cannedContext(({ body }) => {
      const { data }: { data: RecordValues[] } = JSON.parse(String(body))
      return { status: 200, body: { data: data.map(() => ok) } }
    })
    const times = ['2026-11-20T10:00:00.4Z', '2026-11-20T10:00:00Z', '2026-11-21T10:00:00Z', null]
    const records = times.map((time, at) => deal(at, { Ordered_At: time }))
    await callRoute('upsert').send(ctx, dealBatch(records, { options }))
    assert.deepEqual(
      calls.map(({ headers }) => headers?.['if-unmodified-since']),
      ['2026-11-20T10:00:00+00:00', '2026-11-21T10:00:00+00:00', undefined]
    )
  })

  test('a lock refused as a whole leaves alone only whose record was changed', async ({
    assert,
  }) => {
    const { ctx } = cannedContext(({ url, body }) => {
      if (url.endsWith('/coql')) return { status: 204 }
      const { data }: { data: RecordValues[] } = JSON.parse(String(body))
      const isStale = data.some(({ Order_Ref: ref }) => ref === 'R-2')
      if (!isStale) return { status: 200, body: { data: data.map(() => ok) } }
      const code = 'ALREADY_MODIFIED'
      return { status: 412, body: { code, status: 'error', message: 'modified', details: {} } }
    })
    const records = deals(3, { Ordered_At: '2026-11-20T10:00:00Z' })
    const outcomes = await callRoute('upsert').send(ctx, dealBatch(records, { options }))
    assert.deepEqual(faultsOf(outcomes), ['updated', 'ALREADY_MODIFIED', 'updated'])
  })

  test('trouble with the second call does not hide the first', async ({ assert }) => {
    let count = 0
    const { ctx } = cannedContext(() => {
      count++
      return count === 1 ? { status: 200, body: { data: [ok] } } : { status: 429 }
    })
    const records = ['2026-11-20', '2026-11-21', '2026-11-22'].map((day, at) =>
      deal(at, { Ordered_At: `${day}T10:00:00Z` })
    )
    const outcomes = await callRoute('upsert').send(ctx, dealBatch(records, { options }))
    assert.deepEqual(faultsOf(outcomes), ['updated', 'NOT_SENT', 'NOT_SENT'])
    assert.equal(outcomes[1].state, 'failed')
    assert.equal(count, 2)
  })
})
