import { test } from '@japa/runner'
import type { HttpRequest, RecordValues } from '#sdk'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { cannedContext } from './canned_context.js'
import { deal, dealBatch, deals } from './deal_batch.js'

const LINE = { label: 'Extra', type: 'text' as const, nullable: true, maxLength: 80 }
const asked = ({ body }: HttpRequest): string => JSON.parse(String(body)).select_query

async function lookup(records: RecordValues[], rows: RecordValues[], isByValues = false) {
  const { ctx, calls } = cannedContext(() =>
    rows.length === 0
      ? { status: 204 }
      : { status: 200, body: { data: rows, info: { more_records: false } } }
  )
  const batch = dealBatch(records, {
    operation: 'insert',
    ...(isByValues ? { match: { by: 'id' } } : {}),
  })
  const answer = await connector.discover?.lookup?.(ctx, batch)
  return { ...answer, queries: calls.map(asked) }
}

test.group('zoho_crm lookup', () => {
  test('finds by the match field without regard to case', async ({ assert }) => {
    const rows = [{ id: '9', Order_Ref: 'r-2' }]
    const { found, certain, queries } = await lookup(deals(3), rows)
    assert.deepEqual(found, [{ index: 1, id: '9' }])
    assert.isTrue(certain)
    assert.lengthOf(queries, 1)
  })

  test('asks for fifty values at a time, quoted', async ({ assert }) => {
    const records = [...deals(99), deal(100, { Order_Ref: "O'Neill \\ Sons" })]
    const { queries } = await lookup(records, [])
    assert.lengthOf(queries, 2)
    assert.include(queries[1], String.raw`'O\'Neill \\ Sons'`)
  })

  test('a record without its match value leaves doubt', async ({ assert }) => {
    const { certain } = await lookup([deal(1), deal(2, { Order_Ref: null })], [])
    assert.isFalse(certain)
  })

  test('without a unique field all values must be equal', async ({ assert }) => {
    const records = [deal(1, { Amount: '10.50' }), deal(2, { Amount: '3' })]
    const rows = [
      { id: '8', ...deal(1), Amount: 10.5 },
      { id: '9', ...deal(2), Amount: 4 },
    ]
    const { found, certain } = await lookup(records, rows, true)
    assert.deepEqual(found, [{ index: 0, id: '8' }])
    assert.isTrue(certain)
  })

  test('more values than a query names are asked for in portions', async ({ assert }) => {
    const names = Array.from({ length: 60 }, (_, at) => `Extra_${at}`)
    const own: RecordValues = Object.fromEntries(names.map((name) => [name, `of ${name}`]))
    const held: RecordValues = { id: '8', ...deal(1), ...own }
    const { ctx, calls } = cannedContext((call) => {
      const columns = /^select (.*) from/.exec(asked(call))?.[1].split(', ') ?? []
      const row = Object.fromEntries(columns.map((name) => [name, held[name] ?? null]))
      return { status: 200, body: { data: [row], info: { more_records: false } } }
    })
    const look = (record: RecordValues) => {
      const batch = dealBatch([record], { operation: 'insert', match: { by: 'id' } })
      const fields = [...batch.stream.fields, ...names.map((name) => ({ ...LINE, name }))]
      return connector.discover?.lookup?.(ctx, { ...batch, stream: { ...batch.stream, fields } })
    }
    const same = await look({ ...deal(1), ...own })
    assert.deepEqual(same, { found: [{ index: 0, id: '8' }], certain: true })
    const most = calls.map((call) => asked(call).split(' from ')[0].split(', ').length)
    assert.isTrue(most.length === 2 && most.every((columns) => columns <= 50), String(most))
    const other = await look({ ...deal(1), ...own, Extra_59: 'another' })
    assert.deepEqual(other, { found: [], certain: true })
  })

  test('more equal records in Zoho than in the batch prove nothing', async ({ assert }) => {
    const rows = ['8', '9'].map((id) => ({ id, ...deal(1) }))
    const { found, certain } = await lookup([deal(1)], rows, true)
    assert.deepEqual(found, [])
    assert.isFalse(certain)
  })

  test('an org that refuses queries proves nothing', async ({ assert }) => {
    const body = { code: 'OAUTH_SCOPE_MISMATCH', details: {}, message: 'no', status: 'error' }
    const { ctx } = cannedContext(() => ({ status: 401, body }))
    const answer = await connector.discover?.lookup?.(ctx, dealBatch(deals(1)))
    assert.deepEqual(answer, { found: [], certain: false })
  })

  test('a lookup that could not be made is no answer', async ({ assert }) => {
    for (const [status, code, kind] of [
      [401, 'INVALID_TOKEN', 'auth'],
      [429, 'TOO_MANY_REQUESTS', 'rate_limited'],
      [502, 'BAD_GATEWAY', 'transient'],
    ] as const) {
      const body = { code, details: {}, message: 'no', status: 'error' }
      const { ctx } = cannedContext(() => ({ status, body }))
      const answer = connector.discover?.lookup?.(ctx, dealBatch(deals(1)))
      assert.containSubset(await answer?.catch((thrown: unknown) => thrown), { kind })
    }
  })
})
