import { test } from '@japa/runner'
import type { Filter } from '#sdk'
import { countRecords } from '../../../../plugins/connectors/zoho_crm/read/count_records.js'
import { readDeleted } from '../../../../plugins/connectors/zoho_crm/read/read_deleted.js'
import { type Canned, cannedContext } from './canned_context.js'
import { dealStream } from './deal_batch.js'
import { openOrg } from './open_org.js'
import { asked, dealsOf, idsIn, newDeals, otherUser, readWhole } from './read_kit.js'

const filter: Filter = { field: 'Deal_Name', op: '=', value: 'Five' }
const refusal = (code: string): Canned => ({
  status: 400,
  body: { code, details: { column_name: 'Deal_Name' }, message: 'no', status: 'error' },
})

test.group('zoho_crm reads what an org refuses', () => {
  test('a field that cannot be asked for is filtered here', async ({ assert }) => {
    const rows = ['Four', 'Five', 'five'].map((name, id) => ({ id: `${id}`, Deal_Name: name }))
    const { ctx, calls } = cannedContext(({ body }) =>
      String(body).includes('Five')
        ? refusal('INVALID_QUERY')
        : { status: 200, body: { data: rows } }
    )
    const read = await readWhole(ctx, dealStream, 'coql', asked({ fields: [], filter }))
    assert.deepEqual(read.records, [{ id: '1' }])
    assert.lengthOf(calls, 2)
  })

  test('a job that cannot be narrowed reads all', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup, { bulkReadDelayMs: 5, bulkReadQueueMs: 5 })
    const user = await otherUser(sim)
    const ids = await user.insert([
      ...newDeals(3),
      { ...newDeals(1)[0], Order_Ref: 'Five', Deal_Name: 'Five' },
    ])
    const { body } = refusal('FIELD_IN_CRITERIA_NOT_SUPPORTED')
    sim.faults([{ kind: 'status', status: 400, body, match: { path: '/bulk/v8/read', nth: 1 } }])
    const read = await readWhole(ctx, await dealsOf(ctx), 'bulk_read', asked({ filter }))
    assert.deepEqual(idsIn(read), ids.slice(3))
  })

  test('an org without bulk read is read by queries, unless it must not', async ({
    assert,
    cleanup,
  }) => {
    const { ctx, context, sim } = await openOrg(cleanup)
    const user = await otherUser(sim)
    const ids = await user.insert(newDeals(450))
    const stream = await dealsOf(ctx)
    const { body } = refusal('MODULE_NOT_AVAILABLE')
    sim.faults([{ kind: 'status', status: 400, body, match: { path: '/bulk/v8/read' } }])
    const whole = await readWhole(ctx, stream, 'bulk_read', asked({ pageSize: 100 }))
    assert.deepEqual(idsIn(whole), ids)
    const [, cursor] = whole.cursors
    const rest = await readWhole(ctx, stream, 'bulk_read', asked({ cursor }))
    assert.deepEqual(idsIn(rest), ids.slice(200))
    const strict = context({ readBy: 'bulk' })
    await assert.rejects(
      () => readWhole(strict.ctx, stream, 'bulk_read', asked()),
      /does not offer bulk jobs/
    )
  })

  test('what cannot be read at all is told', async ({ assert }) => {
    const { ctx } = cannedContext(() => refusal('INVALID_QUERY'))
    await assert.rejects(
      () => readWhole(ctx, dealStream, 'coql', asked({ filter })),
      /does not accept the query.*Deal_Name/
    )
    const module = cannedContext(() => refusal('MODULE_NOT_AVAILABLE'))
    await assert.rejects(
      () => readWhole(module.ctx, dealStream, 'bulk_read', asked()),
      /does not offer bulk jobs for this module/
    )
  })

  test('where queries are refused, the module is counted as a whole', async ({ assert }) => {
    const { ctx } = cannedContext(({ url }) =>
      url.endsWith('/Deals/actions/count')
        ? { status: 200, body: { count: 694 } }
        : refusal('NOT_SUPPORTED')
    )
    assert.equal(await countRecords(ctx, dealStream, asked()), 694)
    const incremental = { field: 'Modified_Time', from: null, until: '2026-11-20T00:00:00Z' }
    assert.isNull(await countRecords(ctx, dealStream, asked({ incremental })))
  })
})

test.group('zoho_crm deletions', () => {
  test('500 deletions are told once each, oldest first, by pages', async ({ assert, cleanup }) => {
    const { ctx, meter, sim } = await openOrg(cleanup)
    const user = await otherUser(sim)
    const ids = await user.insert(newDeals(500))
    const stream = await dealsOf(ctx)
    const since = new Date().toISOString()
    for (let from = 0; from < 500; from += 100) {
      await user.remove(ids.slice(from, from + 100))
      sim.advance(2)
    }
    meter.credits = 0
    const told: Array<{ key: string; at: string }> = []
    let cursor = null
    for await (const page of readDeleted(ctx, stream, { since, cursor: null })) {
      told.push(...page.deleted)
      cursor = page.cursor
    }
    assert.deepEqual(
      told.map(({ key }) => key),
      ids
    )
    assert.equal(meter.credits, 3)
    const rest: string[] = []
    for await (const page of readDeleted(ctx, stream, { since, cursor })) {
      rest.push(...page.deleted.map(({ key }) => key))
    }
    assert.deepEqual(rest, ids.slice(400), 'the last second comes again, and no more')
  })

  test('nothing deleted still says where to go on', async ({ assert }) => {
    for (const status of [204, 304]) {
      const { ctx, calls } = cannedContext(() => ({ status }))
      const pages = await Array.fromAsync(
        readDeleted(ctx, dealStream, { since: '2026-11-20T10:00:00.400Z', cursor: null })
      )
      assert.deepEqual(pages, [{ deleted: [], cursor: { at: '2026-11-20T10:00:00.000Z' } }])
      assert.equal(calls[0].headers?.['if-modified-since'], '2026-11-20T09:59:59+00:00')
      assert.include(calls[0].url, 'type=all')
    }
  })
})
