import { test } from '@japa/runner'
import type { WriteBatch } from '#sdk'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { cannedContext } from './canned_context.js'
import { deal, dealBatch, dealStream } from './deal_batch.js'
import { openOrg } from './open_org.js'
import { callRoute } from './route_of.js'
import { batchFor, faultsOf, idsOf, send, write } from './write_kit.js'

const byId = (ids: Array<string | null>, options: WriteBatch['options'] = {}) =>
  dealBatch(
    ids.map(() => ({})),
    { operation: 'delete', match: { by: 'id' }, ids, options }
  )

test.group('zoho_crm deletes', () => {
  test('names each record once, in one call, for one credit', async ({ assert, cleanup }) => {
    const org = await openOrg(cleanup)
    const made = idsOf(await write(org.ctx, 'Deals', [deal(1), deal(2)]))
    const before = org.sim.stats().credits.used
    const ids = [made[0], '5725767000000099999', made[1], made[0], 'R-1', null]
    const batch = await batchFor(org.ctx, 'Deals', [], { operation: 'delete' })
    const described = org.sim.stats().credits.used - before
    const outcomes = await send(org.ctx, { ...batch, records: ids.map(() => ({})), ids })
    assert.deepEqual(faultsOf(outcomes), [
      ...['deleted', 'unchanged', 'deleted', 'deleted'],
      ...['UNKNOWN_RECORD', 'UNKNOWN_RECORD'],
    ])
    assert.equal(org.sim.stats().credits.used - before - described, 1)
    assert.equal(org.sim.stats().modules.Deals.records, 0)
  })

  test('what Zoho refuses of one record is said of that one', async ({ assert }) => {
    const refusal = { code: 'NO_PERMISSION', details: {}, message: 'permission denied' }
    const { ctx } = cannedContext(() => ({
      status: 207,
      body: {
        data: [
          { code: 'SUCCESS', details: { id: '11' }, message: 'record deleted', status: 'success' },
          { ...refusal, status: 'error' },
        ],
      },
    }))
    const outcomes = await callRoute('delete').send(ctx, byId(['11', '12']))
    assert.containSubset(outcomes, [
      { index: 0, state: 'deleted', id: '11' },
      { index: 1, state: 'rejected', code: 'NO_PERMISSION' },
    ])
  })

  test('workflows run only where the service says so', async ({ assert }) => {
    const asked: Array<string | null> = []
    for (const trigger of [null, 'none', 'workflow', 'blueprint', 'all']) {
      const done = { code: 'SUCCESS', details: { id: '11' }, message: 'deleted', status: 'success' }
      const { ctx, calls } = cannedContext(() => ({ status: 200, body: { data: [done] } }))
      await callRoute('delete').send(ctx, byId(['11'], { trigger }))
      asked.push(new URL(calls[0].url).searchParams.get('wf_trigger'))
    }
    assert.deepEqual(asked, ['false', 'false', 'true', 'false', 'true'])
  })

  test('a lock is no way to delete', ({ assert }) => {
    const wish = { operation: 'delete' as const, match: { by: 'id' as const }, fields: [] }
    const { suits } = callRoute('delete')
    assert.isTrue(suits?.({ ...wish, options: { lockField: null } }))
    assert.isFalse(suits?.({ ...wish, options: { lockField: 'Modified_Time' } }))
  })

  test('a lookup before a delete tells of every record that it could mean', async ({ assert }) => {
    const rows = [
      { id: '7', Order_Ref: 'R-1' },
      { id: '9', Order_Ref: 'r-1' },
    ]
    const { ctx } = cannedContext(() => ({
      status: 200,
      body: { data: rows, info: { more_records: false } },
    }))
    const batch = dealBatch([deal(1)], { operation: 'delete', stream: dealStream })
    const answer = await connector.discover?.lookup?.(ctx, batch)
    assert.deepEqual(answer?.found.map(({ id }) => id).sort(), ['7', '9'])
  })
})
