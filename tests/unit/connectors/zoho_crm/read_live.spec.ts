import { test } from '@japa/runner'
import type { Context, Json, ReadQuery, RecordValues, StreamDescription } from '#sdk'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { dealBatch, deals } from './deal_batch.js'
import { openOrg } from './open_org.js'
import { callRoute } from './route_of.js'

const whole: ReadQuery = {
  cursor: null,
  fields: ['Deal_Name', 'Order_Ref', 'Amount'],
  filter: null,
  incremental: null,
  pageSize: 1000,
}

async function fill(ctx: Context, count: number) {
  const records = deals(count, { Amount: 12.5 })
  for (let from = 0; from < count; from += 100) {
    await callRoute('upsert').send(ctx, dealBatch(records.slice(from, from + 100)))
  }
}

async function readAll(ctx: Context, stream: StreamDescription, query: ReadQuery) {
  const records: RecordValues[] = []
  let cursor: Json = query.cursor
  for await (const page of connector.discover?.read?.(ctx, stream, query) ?? []) {
    records.push(...page.records)
    cursor = page.cursor
  }
  return { records, cursor }
}

async function describe(ctx: Context) {
  const stream = await connector.discover?.describe(ctx, 'Deals')
  if (!stream) throw new Error('Deals is missing')
  return stream
}

test.group('zoho_crm reads the simulator', () => {
  test('reads past 2,000 records and resumes after a day', async ({ assert, cleanup }) => {
    const { ctx, context, sim } = await openOrg(cleanup)
    await fill(ctx, 2300)
    const reader = context()
    const stream = await describe(ctx)
    const { records } = await readAll(reader.ctx, stream, whole)
    assert.equal(new Set(records.map(({ Order_Ref: ref }) => ref)).size, 2300)
    assert.equal(records[0].Amount, '12.5')
    assert.equal(reader.meter.credits, 12)
    const pages = connector.discover?.read?.(reader.ctx, stream, whole) ?? []
    for await (const page of pages) {
      sim.advance(25 * 3600)
      const rest = await readAll(reader.ctx, stream, { ...whole, cursor: page.cursor })
      assert.lengthOf(rest.records, 2100)
      assert.deepEqual(rest.records[0], records[200])
      break
    }
  })

  test('an increment holds its bounds and all that share a time', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup)
    const stream = await describe(ctx)
    await fill(ctx, 120)
    sim.advance(3600)
    const from = await connector.discover?.highWater?.(ctx, stream, 'Modified_Time')
    const later = deals(150, { Amount: 99 }).slice(110)
    await callRoute('upsert').send(ctx, dealBatch(later))
    const until = await connector.discover?.highWater?.(ctx, stream, 'Modified_Time')
    const between = (first: Json, last: Json) => ({
      ...whole,
      pageSize: 7,
      incremental: { field: 'Modified_Time', from: first, until: last },
    })
    const changed = await readAll(ctx, stream, between(until ?? null, until ?? null))
    assert.lengthOf(changed.records, 40)
    const all = await readAll(ctx, stream, between(from ?? null, until ?? null))
    assert.isAtLeast(all.records.length, 41)
    const none = await readAll(
      ctx,
      stream,
      between('2001-01-01T00:00:00Z', '2001-01-02T00:00:00.5Z')
    )
    assert.lengthOf(none.records, 0)
  })

  test('an org that answers 200 rows at once is read whole', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup, { coqlRowsPerCall: 200 })
    const stream = await describe(ctx)
    await fill(ctx, 450)
    const cursor = { at: 'after', last: '1' }
    const { records } = await readAll(ctx, stream, { ...whole, cursor })
    assert.equal(new Set(records.map(({ id }) => id)).size, 450)
  })

  test('an empty module has a high water mark', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const stream = await describe(ctx)
    const mark = await connector.discover?.highWater?.(ctx, stream, 'Modified_Time')
    assert.match(String(mark), /^1970-01-01T/)
  })
})
