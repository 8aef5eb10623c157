import { test } from '@japa/runner'
import type { HttpRequest, IncrementalBounds } from '#sdk'
import { type Canned, cannedContext } from './canned_context.js'
import { dealStream } from './deal_batch.js'
import { asked, idsIn, readWhole } from './read_kit.js'

const query = (changes = {}) => asked({ fields: ['Deal_Name'], pageSize: 200, ...changes })

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

const refused = (code: string): Canned => ({
  status: 400,
  body: { code, details: {}, message: 'no', status: 'error' },
})

/** After a day, by another user, and past the 100,000 records that a list shows. */
const LOST = ['EXPIRED_VALUE', 'TOKEN_BOUND_DATA_MISMATCH', 'PAGINATION_LIMIT_EXCEEDED']

function selected(request: HttpRequest): string {
  return JSON.parse(String(request.body)).select_query
}

test.group('zoho_crm list read', () => {
  test('walks the list by tokens, never by pages that move', async ({ assert }) => {
    const { ctx, calls } = cannedContext(list)
    const { records, cursors } = await readWhole(ctx, dealStream, 'list', query())
    assert.lengthOf(new Set(records.map(({ id }) => id)), 450)
    assert.isFalse(calls.some(({ url }) => url.includes('&page=')))
    const cursor = cursors.at(-1) ?? null
    assert.deepEqual(cursor, { at: 'end' })
    const rest = await readWhole(ctx, dealStream, 'list', query({ cursor }))
    assert.deepEqual(rest, { records: [], cursors: [] })
  })

  test('resumes behind every page', async ({ assert }) => {
    const { ctx } = cannedContext(list)
    const whole = await readWhole(ctx, dealStream, 'list', query())
    for (const [at, cursor] of whole.cursors.entries()) {
      const rest = await readWhole(ctx, dealStream, 'list', query({ cursor }))
      assert.deepEqual(rest.records, whole.records.slice((at + 1) * 200))
    }
  })

  test('a token that died, or none, is replaced by a query behind the last record', async ({
    assert,
  }) => {
    for (const code of [...LOST, null]) {
      const queries: string[] = []
      const { ctx } = cannedContext((request) => {
        if (request.method === 'GET') {
          if (code && request.url.includes('page_token')) return refused(code)
          const { body } = list(request)
          const info = code ? {} : { info: { more_records: true } }
          return { status: 200, body: { ...Object(body), ...info } }
        }
        queries.push(selected(request))
        return { status: 200, body: { data: [{ id: '1200' }], info: { more_records: false } } }
      })
      const ids = idsIn(await readWhole(ctx, dealStream, 'list', query()))
      assert.deepEqual([ids.length, ids.at(-1)], [201, '1200'])
      assert.deepEqual(queries, [
        "select Deal_Name from Deals where id > '1199' order by id asc limit 200",
      ])
    }
  })

  test('no rows are no records', async ({ assert }) => {
    for (const status of [204, 304]) {
      const { ctx } = cannedContext(() => ({ status }))
      for (const name of ['list', 'coql']) {
        const { records } = await readWhole(ctx, dealStream, name, query())
        assert.deepEqual(records, [])
      }
    }
  })

  test('numbers become decimals, lookups their id', async ({ assert }) => {
    const row = { id: '1', Amount: 1234.5, Account_Name: { id: '7', name: 'Acme' } }
    const { ctx } = cannedContext(() => ({ status: 200, body: { data: [row] } }))
    const fields = ['Amount', 'Account_Name']
    const { records } = await readWhole(ctx, dealStream, 'list', query({ fields }))
    assert.deepEqual(records, [{ id: '1', Amount: '1234.5', Account_Name: { id: '7' } }])
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
    const read = await readWhole(ctx, dealStream, 'coql', query({ incremental }))
    assert.deepEqual(idsIn(read), ['5', '6'])
    assert.include(
      queries[0],
      "where (Modified_Time >= '2026-11-20T10:00:00+00:00' and Modified_Time <= '2026-11-20T11:00:00+00:00') order by Modified_Time asc, id asc"
    )
    assert.include(
      queries[1],
      "where ((Modified_Time > '2026-11-20T10:30:00+00:00' or (Modified_Time = '2026-11-20T10:30:00+00:00' and id > '5')) and Modified_Time <= "
    )
  })

  test('a list of changes asks for the second before, and keeps the bounds', async ({ assert }) => {
    const at = (time: string) => `2026-11-20T${time}+00:00`
    const { ctx, calls } = cannedContext(() => {
      const times = ['09:59:59', '10:00:00', '11:00:00', '11:00:01'].map(at)
      const data = times.map((time, id) => ({ id: String(id), Modified_Time: time }))
      return { status: 200, body: { data, info: { more_records: true, next_page_token: 'x' } } }
    })
    const read = await readWhole(ctx, dealStream, 'list', query({ incremental }))
    assert.deepEqual(idsIn(read), ['1', '2'])
    assert.lengthOf(calls, 1)
    assert.equal(calls[0].headers?.['if-modified-since'], at('09:59:59'))
    assert.include(calls[0].url, 'sort_by=Modified_Time&sort_order=asc')
  })

  test('where a list of changes ends early, those of its last second are read again', async ({
    assert,
  }) => {
    const time = '2026-11-20T10:30:00+00:00'
    const rows = (ids: string[]) => ids.map((id) => ({ id, Modified_Time: time }))
    for (const token of ['x', null]) {
      const queries: string[] = []
      const { ctx } = cannedContext((request) => {
        if (request.url.includes('page_token')) return refused('PAGINATION_LIMIT_EXCEEDED')
        const info = { more_records: true, next_page_token: token }
        if (request.method === 'GET') return { status: 200, body: { data: rows(['8', '9']), info } }
        queries.push(selected(request))
        return { status: 200, body: { data: rows(['3', '8', '9']) } }
      })
      const read = await readWhole(ctx, dealStream, 'list', query({ incremental }))
      assert.includeMembers(idsIn(read), ['3', '8', '9'])
      assert.include(queries[0], `Modified_Time = '${time}' and id > '0'`)
    }
  })
})
