import { test } from '@japa/runner'
import { planWrites } from '#engine/plan'
import { suitableRoutes } from '#engine/suitable_routes'
import type { Context, RecordValues } from '#sdk'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { definition } from '../../engine/support/make_input.js'
import { loadFile } from '../../../../plugins/connectors/zoho_crm/files/load_file.js'
import { cannedContext } from './canned_context.js'
import { byRef, deal } from './deal_batch.js'
import { openOrg } from './open_org.js'
import { asked, dealsOf, readWhole } from './read_kit.js'
import { faultsOf, idsOf, write } from './write_kit.js'

const text = (name: string, content: string) => ({
  name,
  base64: Buffer.from(content).toString('base64'),
})

const upsert = (ctx: Context, records: RecordValues[]) =>
  write(ctx, 'Deals', records, { operation: 'upsert', match: byRef })

async function filesOf(ctx: Context, ids: string[]) {
  const filter = { field: 'id', op: 'in' as const, values: ids }
  const query = asked({ fields: ['Attachments'], filter })
  const { records } = await readWhole(ctx, await dealsOf(ctx), 'coql', query)
  const lists = records.map(({ Attachments: list }) => [list ?? []].flat())
  return lists.map((list) => list.map((file) => `${Object(file).name} ${Object(file).size}`).sort())
}

test.group('zoho_crm attachments of records', () => {
  test('are put under new and known records, and none twice', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup)
    const records = [
      deal(1, { Attachments: [text('a.txt', 'one'), text('b.txt', 'two!')] }),
      deal(2, { Attachments: text('c.txt', 'three') }),
      deal(3),
    ]
    const first = await upsert(ctx, records)
    const ids = idsOf(first)
    assert.deepEqual(faultsOf(first), ['created', 'created', 'created'])
    const all = [['a.txt 3', 'b.txt 4'], ['c.txt 5'], []]
    assert.deepEqual(await filesOf(ctx, ids), all)
    const again = await upsert(ctx, [
      ...records.slice(0, 2),
      deal(3, { Attachments: [text('d.txt', 'late')] }),
    ])
    assert.deepEqual(faultsOf(again), ['updated', 'updated', 'updated'])
    all[2] = ['d.txt 4']
    assert.deepEqual(await filesOf(ctx, ids), all)
    assert.equal(sim.stats().modules.Deals.records, 3)
  })

  test('one too large to be read is told by name and size', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup)
    const large = { name: 'film.mp4', size: 30 * 1024 * 1024 }
    const [outcome] = await upsert(ctx, [deal(1, { Attachments: large })])
    assert.containSubset(outcome, { state: 'rejected', code: 'FILE_TOO_LARGE' })
    assert.match(Object(outcome).message, /film\.mp4 has 30\.0 MB, and Zoho takes 20/)
    assert.isUndefined(sim.stats().modules.Deals)
  })

  test('one of 20 MB is not too large, one of a byte more is', async ({ assert }) => {
    const most = 20 * 1024 * 1024
    const { ctx, calls } = cannedContext(() => ({
      status: 200,
      bytes: Buffer.alloc(most),
      headers: { 'content-length': String(most) },
    }))
    const { content } = await loadFile(ctx, { url: 'https://files.example.com/a.bin' })
    assert.equal(content.length, most)
    const larger = loadFile(ctx, { name: 'b.bin', size: most + 1 })
    await assert.rejects(() => larger, /b\.bin has 20\.0 MB, and Zoho takes 20/)
    assert.lengthOf(calls, 1)
  })

  test('one that fails neither doubles its record nor is lost', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup)
    const records = [1, 2].map((at) => deal(at, { Attachments: text(`${at}.txt`, 'x'.repeat(at)) }))
    const path = '/Attachments'
    sim.faults([{ match: { method: 'POST', path, times: 1 }, kind: 'drop_after' }])
    const first = await upsert(ctx, records)
    assert.deepEqual(faultsOf(first), ['ATTACHMENT_FAILED', 'ATTACHMENT_FAILED'])
    assert.isTrue(first.every(({ state }) => state === 'failed'))
    assert.containSubset(first[0], { field: 'Attachments' })
    assert.match(Object(first[0]).message, /^The record was written, but an attachment was not: /)
    const again = await upsert(ctx, records)
    assert.deepEqual(faultsOf(again), ['updated', 'updated'])
    assert.deepEqual(await filesOf(ctx, idsOf(again)), [['1.txt 1'], ['2.txt 2']])
    assert.equal(sim.stats().modules.Deals.records, 2)
  })

  test('what is no file is refused before its record is written', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup)
    const outcomes = await upsert(ctx, [
      deal(1, { Attachments: 'a.pdf' }),
      deal(2, { Attachments: { name: 'a.pdf', base64: '***' } }),
      deal(3, { Attachments: { url: 'nowhere' } }),
      deal(4, { Attachments: { name: 'empty', base64: '' } }),
      deal(5, { Attachments: null }),
    ])
    assert.deepEqual(faultsOf(outcomes), [
      'FILE_ADDRESS',
      'FILE_CONTENT',
      'FILE_ADDRESS',
      'FILE_EMPTY',
      'created',
    ])
    assert.equal(sim.stats().modules.Deals.records, 1)
  })

  test('their credits are planned, and an insert or a file does not offer them', async ({
    assert,
    cleanup,
  }) => {
    const { ctx, context } = await openOrg(cleanup)
    const stream = await dealsOf(ctx)
    const routes = connector.discover?.routes?.(stream, { trigger: 'none' }) ?? []
    const names = (operation: 'insert' | 'update' | 'upsert', ...fields: string[]) => {
      const service = definition(operation)
      const mapping = fields.map((to) => ({ to, value: 'x' }))
      const target = { ...service.target, match: byRef }
      const suitable = suitableRoutes(routes, { ...service, target, mapping }, {})
      return suitable.map(({ name }) => name)
    }
    assert.deepEqual(names('upsert', 'Stage'), ['upsert', 'bulk_write'])
    assert.deepEqual(names('upsert', 'Stage', 'Attachments'), ['upsert_with_files'])
    assert.deepEqual(names('update', 'Attachments'), ['update_with_files'])
    assert.deepEqual(names('insert', 'Attachments'), [])
    const ways = routes.filter(({ name }) => name === 'upsert_with_files')
    const planned = planWrites(ways, 3, 'upsert')
    const credits = planned.reduce((sum, { route, records }) => sum + route.cost(records), 0)
    const records = [1, 2, 3].map((at) => deal(at, { Attachments: text('a.txt', 'a') }))
    await upsert(ctx, records)
    const writer = context()
    const described = await dealsOf(writer.ctx)
    const before = writer.meter.credits
    const batch = { stream: described, operation: 'upsert' as const, match: byRef, records }
    const json = records.map((record) => JSON.stringify(record))
    const [way] = ways
    if (way.kind !== 'call') throw new Error('A call was wanted')
    const changed = records.map((record) => ({ ...record, Attachments: text('b.txt', 'b') }))
    await way.send(writer.ctx, {
      ...batch,
      records: changed,
      json,
      ids: [null, null, null],
      options: {},
    })
    assert.equal(writer.meter.credits - before, credits)
  })
})
