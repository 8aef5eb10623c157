import { test } from '@japa/runner'
import type { RecordValues, Value } from '#sdk'
import { openEndpoint } from './open_endpoint.js'

const all = Array.from({ length: 10 }, (_, at) => ({ email: `m${at}`, name: `n${at}` }))
const STREAM = 'leads(email*, name, amount:decimal, address.city)'

type End = Awaited<ReturnType<typeof openEndpoint>>

async function read({ access, ctx, stream }: End): Promise<RecordValues[]> {
  const query = { cursor: null, filter: null, incremental: null, pageSize: 4 }
  const fields = stream.fields.map(({ name }) => name)
  const records: RecordValues[] = []
  for await (const page of access.read?.(ctx, stream, { ...query, fields }) ?? []) {
    records.push(...page.records)
  }
  return records
}

const numberIn = (path: string, name: string) =>
  Number(new URL(path, 'http://x').searchParams.get(name))

test.group('http reading', () => {
  for (const [title, settings, answer] of [
    ['one reply', { paging: 'one reply' }, () => ({ body: all })],
    [
      'page numbers',
      { paging: 'page number', sizeParam: 'n', size: 3 },
      (path: string) => {
        const from = (numberIn(path, 'page') - 1) * numberIn(path, 'n')
        return { body: all.slice(from, from + 3) }
      },
    ],
    [
      'offsets',
      { paging: 'offset', placeParam: 'skip' },
      (path: string) => ({ body: all.slice(numberIn(path, 'skip')).slice(0, 3) }),
    ],
    [
      'links in the header',
      { paging: 'next link' },
      (path: string) => {
        const from = numberIn(path, 'from')
        const links = `</first>; rel="first", <?from=${from + 4}>; rel="next"`
        const headers = from + 4 < all.length ? { link: links } : {}
        return { body: all.slice(from, from + 4), headers }
      },
    ],
  ] as Array<[string, { [name: string]: Value }, (path: string) => object]>) {
    test(`goes on by ${title}`, async ({ assert, cleanup }) => {
      const end = await openEndpoint(cleanup, { ...settings, streams: STREAM }, ({ path }) => ({
        status: 200,
        ...answer(path),
      }))
      const records = await read(end)
      assert.deepEqual(
        records.map(({ email }) => email),
        all.map(({ email }) => email)
      )
    })
  }

  test('numbers are exact, and a dot leads inside', async ({ assert, cleanup }) => {
    const body = '[{"email":12345678901234567890,"amount":0.10,"address":{"city":"Köln"}}]'
    const settings = { paging: 'one reply', streams: STREAM }
    const end = await openEndpoint(cleanup, settings, () => ({ status: 200, body }))
    assert.deepEqual(await read(end), [
      { 'email': '12345678901234567890', 'name': null, 'amount': '0.10', 'address.city': 'Köln' },
    ])
  })

  test('an endpoint that ignores the page does not go on for ever', async ({ assert, cleanup }) => {
    const settings = { paging: 'page number', streams: STREAM }
    const end = await openEndpoint(cleanup, settings, () => ({ status: 200, body: all }))
    await assert.rejects(() => read(end), /same page again/)
    assert.lengthOf(end.received, 2)
  })

  test('a link to another host is not followed', async ({ assert, cleanup }) => {
    const body = { items: all, next: 'http://127.0.0.1:1/steal' }
    const settings = { paging: 'next link', rows: '/items', next: '/next', streams: STREAM }
    const end = await openEndpoint(cleanup, settings, () => ({ status: 200, body }))
    await assert.rejects(() => read(end), /not the host of the base address/)
  })
})
