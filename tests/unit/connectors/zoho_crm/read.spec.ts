import { test } from '@japa/runner'
import type { Context, HttpRequest, IncrementalBounds, Json, ReadQuery } from '#sdk'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { type Canned, cannedContext } from './canned_context.js'
import { dealStream } from './deal_batch.js'

const query = (changes: Partial<ReadQuery> = {}): ReadQuery => ({
  cursor: null,
  fields: ['Deal_Name'],
  filter: null,
  incremental: null,
  pageSize: 200,
  ...changes,
})

async function readAll(ctx: Context, asked: ReadQuery) {
  const ids: string[] = []
  let cursor: Json = asked.cursor
  const pages = connector.discover?.read?.(ctx, dealStream, asked) ?? []
  for await (const page of pages) {
    ids.push(...page.records.map((record) => String(record.id)))
    cursor = page.cursor
  }
  return { ids, cursor }
}

/** 450 rows, by a list whose tokens hold the place. */
function list(request: HttpRequest): Canned {
  const url = new URL(request.url)
  const token = url.searchParams.get('page_token')
  const from = token === null ? 0 : Number(token)
  const size = Number(url.searchParams.get('per_page'))
  const numbers = Array.from({ length: 450 }, (_, at) => at).slice(from, from + size)
  const data = numbers.map((number) => ({ id: String(1000 + number), Deal_Name: `D${number}` }))
  const more = from + size < 450
  return {
    status: 200,
    body: { data, info: { more_records: more, next_page_token: more ? `${from + size}` : null } },
  }
}

const expired: Canned = {
  status: 400,
  body: { code: 'EXPIRED_VALUE', details: {}, message: 'expired', status: 'error' },
}

function selected(request: HttpRequest): string {
  return JSON.parse(String(request.body)).select_query
}

test.group('zoho_crm list read', () => {
  test('walks the list by tokens, never by pages that move', async ({ assert }) => {
    const { ctx, calls } = cannedContext(list)
    const { ids, cursor } = await readAll(ctx, query())
    assert.lengthOf(new Set(ids), 450)
    assert.isFalse(calls.some(({ url }) => url.includes('&page=')))
    assert.deepEqual(cursor, { at: 'end' })
    assert.deepEqual(await readAll(ctx, query({ cursor })), { ids: [], cursor })
  })

  test('resumes behind every page', async ({ assert }) => {
    const { ctx } = cannedContext(list)
    const whole = await readAll(ctx, query())
    let seen = 0
    const pages = connector.discover?.read?.(ctx, dealStream, query()) ?? []
    for await (const page of pages) {
      seen += page.records.length
      const rest = await readAll(ctx, query({ cursor: JSON.parse(JSON.stringify(page.cursor)) }))
      assert.deepEqual(rest.ids, whole.ids.slice(seen))
    }
    assert.equal(seen, 450)
  })

  test('a token that died is replaced by a query behind the last record', async ({ assert }) => {
    const queries: string[] = []
    const { ctx } = cannedContext((request) => {
      if (request.method === 'GET') {
        return request.url.includes('page_token') ? expired : list(request)
      }
      queries.push(selected(request))
      return { status: 200, body: { data: [{ id: '1200' }], info: { more_records: false } } }
    })
    const { ids } = await readAll(ctx, query())
    assert.deepEqual([ids.length, ids.at(-1)], [201, '1200'])
    assert.deepEqual(queries, [
      "select id, Deal_Name from Deals where id > '1199' order by id asc limit 200",
    ])
  })

  test('no rows are no pages', async ({ assert }) => {
    for (const status of [204, 304]) {
      const { ctx } = cannedContext(() => ({ status }))
      const { ids } = await readAll(ctx, query())
      assert.deepEqual(ids, [])
    }
  })

  test('more than fifty fields are joined by id', async ({ assert }) => {
    const names = Array.from({ length: 60 }, (_, at) => `F${at}`)
    const { ctx } = cannedContext((request) => {
      const url = new URL(request.url)
      const fields = url.searchParams.get('fields')?.split(',') ?? []
      const values = Object.fromEntries(fields.map((name) => [name, `${name}!`]))
      const ids = url.searchParams.get('ids')?.split(',').slice(0, 1) ?? ['1', '2']
      const data = ids.map((id) => ({ id, ...values }))
      return { status: 200, body: { data, info: { more_records: false } } }
    })
    const pages = connector.discover?.read?.(ctx, dealStream, query({ fields: names })) ?? []
    for await (const { records } of pages) {
      assert.lengthOf(records, 1)
      assert.lengthOf(Object.keys(records[0]), 61)
    }
  })

  test('numbers become decimals, lookups keep their id', async ({ assert }) => {
    const row = { id: '1', Amount: 1234.5, Account_Name: { id: '7', name: 'Acme' } }
    const { ctx } = cannedContext(() => ({ status: 200, body: { data: [row] } }))
    const fields = ['Amount', 'Account_Name']
    const pages = connector.discover?.read?.(ctx, dealStream, query({ fields })) ?? []
    for await (const { records } of pages) {
      assert.deepEqual(records, [
        { id: '1', Amount: '1234.5', Account_Name: { id: '7', name: 'Acme' } },
      ])
    }
  })
})

test.group('zoho_crm incremental read', () => {
  const incremental: IncrementalBounds = {
    field: 'Modified_Time',
    from: '2026-11-20T10:00:00+00:00',
    until: '2026-11-20T11:00:00+00:00',
  }

  test('goes on behind (time, id), so that equal times lose nobody', async ({ assert }) => {
    const queries: string[] = []
    const { ctx } = cannedContext((request) => {
      queries.push(selected(request))
      const first = queries.length === 1
      const row = { id: first ? '5' : '6', Modified_Time: '2026-11-20T10:30:00+00:00' }
      return { status: 200, body: { data: [row], info: { more_records: first } } }
    })
    const { ids } = await readAll(ctx, query({ incremental }))
    assert.deepEqual(ids, ['5', '6'])
    assert.include(
      queries[0],
      "where (Modified_Time >= '2026-11-20T10:00:00+00:00' and Modified_Time <= '2026-11-20T11:00:00+00:00') order by Modified_Time asc, id asc"
    )
    assert.include(
      queries[1],
      "where ((Modified_Time > '2026-11-20T10:30:00+00:00' or (Modified_Time = '2026-11-20T10:30:00+00:00' and id > '5')) and Modified_Time <= "
    )
  })
})
