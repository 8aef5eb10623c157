import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import type { RecordValues, Value } from '#sdk'
import { openOrg } from './open_org.js'
import { faultsOf, idsOf, show, write } from './write_kit.js'

const visit = (number: number, more: RecordValues = {}): RecordValues => ({
  Name: `Visit ${number}`,
  Visit_Code: `V-${number}`,
  ...more,
})
const byCode = { by: 'fields' as const, fields: ['Visit_Code'] }
const item = (name: string, quantity: number): RecordValues => ({
  Item_Name: name,
  Item_Quantity: quantity,
})

const listed = (value: Value | undefined, name: string) =>
  (Array.isArray(value) ? value : []).map((row) => Reflect.get(Object(row), name))

test.group('zoho_crm rows', () => {
  for (const subformKeepsOmitted of [true, false]) {
    const version = subformKeepsOmitted ? 'keeps' : 'drops'
    test(`replaces the rows of a subform where Zoho ${version} the others`, async ({
      assert,
      cleanup,
    }) => {
      const { ctx } = await openOrg(cleanup, { subformKeepsOmitted })
      const upsert = (rows: Value, options = {}) =>
        write(ctx, 'Shop_Visits', [visit(1, { Visit_Items: rows })], {
          operation: 'upsert',
          match: byCode,
          options,
        })
      const [id] = idsOf(await upsert([item('Pen', 1), item('Ink', 2)]))
      const rows = async () => {
        const shown = await show(ctx, 'Shop_Visits', id)
        return listed(shown.Visit_Items, 'Item_Name')
      }
      assert.deepEqual(await rows(), ['Pen', 'Ink'])
      assert.deepEqual(faultsOf(await upsert([item('Pad', 3)])), ['updated'])
      assert.deepEqual(await rows(), ['Pad'])
      await upsert([item('Clip', 4)], { rows: 'add' })
      assert.deepEqual(await rows(), ['Pad', 'Clip'])
      await upsert(null)
      assert.deepEqual(await rows(), [])
    })
  }

  test('points from rows and from lists to records found by a field', async ({
    assert,
    cleanup,
  }) => {
    const { ctx } = await openOrg(cleanup)
    const products = idsOf(
      await write(ctx, 'Products', [{ Product_Name: 'Lamp' }, { Product_Name: 'Desk' }])
    )
    const by = (value: string) => ({ by: 'Product_Name', value })
    const record = visit(1, {
      Visit_Items: [{ ...item('Row', 1), Item_Product: by('Desk') }],
      Seen_Products: [by('Lamp'), { id: products[1] }],
    })
    const missing = visit(2, { Visit_Items: [{ ...item('Row', 1), Item_Product: by('Sofa') }] })
    const outcomes = await write(ctx, 'Shop_Visits', [record, missing])
    assert.deepEqual(faultsOf(outcomes), ['created', 'LOOKUP_NOT_FOUND'])
    const fault = outcomes.find(({ index }) => index === 1)
    assert.match(
      fault && 'message' in fault ? fault.message : '',
      /Item_Product in row 1 of Visit_Items: Products has no record/
    )
    const [id] = outcomes.flatMap((outcome) => ('id' in outcome ? outcome.id : []))
    const shown = await show(ctx, 'Shop_Visits', id)
    assert.containSubset(listed(shown.Visit_Items, 'Item_Product'), [{ id: products[1] }])
    assert.sameMembers(
      listed(shown.Seen_Products, 'Seen_Product').map((product) => product.id),
      products
    )
    const update = { operation: 'update' as const, ids: [id] }
    const changed = await write(ctx, 'Shop_Visits', [{ Seen_Products: [by('Desk')] }], update)
    assert.deepEqual(faultsOf(changed), ['updated'])
    const after = await show(ctx, 'Shop_Visits', id)
    assert.deepEqual(
      listed(after.Seen_Products, 'Seen_Product').map((product) => product.id),
      [products[1]]
    )
  })
})

async function fileServer(cleanup: (close: () => Promise<void>) => void) {
  const authorizations: unknown[] = []
  const server = createServer((request, response) => {
    authorizations.push(request.headers.authorization)
    if (request.url === '/gone.pdf') response.writeHead(404).end()
    else if (request.url === '/busy.pdf') response.writeHead(503).end()
    else if (request.url === '/huge.pdf') {
      response.writeHead(200, { 'content-length': String(21 * 1024 * 1024) }).flushHeaders()
      response.end(Buffer.alloc(21 * 1024 * 1024))
    } else response.writeHead(200).end('a report')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanup(async () => {
    server.closeAllConnections()
    const closed = once(server, 'close')
    server.close()
    await closed
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, authorizations }
}

test.group('zoho_crm files', () => {
  test('fetches and uploads files, without showing our token', async ({ assert, cleanup }) => {
    const { ctx, meter } = await openOrg(cleanup)
    const { url } = await fileServer(cleanup)
    const base64 = Buffer.from('hello').toString('base64')
    const files: Value[] = [{ url: `${url}/a%20b.pdf` }, { name: 'hello.txt', base64 }]
    const [id] = idsOf(await write(ctx, 'Shop_Visits', [visit(1, { Visit_Report: files })]))
    const names = async () => {
      const shown = await show(ctx, 'Shop_Visits', id)
      return listed(shown.Visit_Report, 'File_Name__s')
    }
    assert.deepEqual(await names(), ['a b.pdf', 'hello.txt'])
    const fetches = meter.calls.filter((call) => call.url.startsWith(url))
    assert.deepEqual(
      fetches.map(({ authorize, credits }) => [authorize, credits]),
      [[false, undefined]]
    )
    assert.lengthOf(
      meter.calls.filter((call) => call.url.endsWith('/files')),
      1
    )
    const update = { operation: 'update' as const, ids: [id] }
    await write(ctx, 'Shop_Visits', [{ Visit_Report: [{ name: 'new.txt', base64 }] }], update)
    assert.deepEqual(await names(), ['new.txt'])
    await write(ctx, 'Shop_Visits', [{ Visit_Report: [{ name: 'more.txt', base64 }] }], {
      ...update,
      options: { rows: 'add' },
    })
    assert.deepEqual(await names(), ['new.txt', 'more.txt'])
  })

  test('a file that cannot be had concerns its record only', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const { url } = await fileServer(cleanup)
    const reports: Value[] = [
      { url: `${url}/gone.pdf` },
      { url: `${url}/busy.pdf` },
      { url: `${url}/huge.pdf` },
      { url: 'no address' },
      { name: 'x', base64: '§' },
      { name: 'y', base64: '' },
      { name: 'fine.txt', base64: 'aGVsbG8=' },
    ]
    const records = reports.map((file, at) => visit(at, { Visit_Report: [file] }))
    const outcomes = await write(ctx, 'Shop_Visits', records)
    assert.deepEqual(faultsOf(outcomes), [
      'FILE_NOT_FETCHED',
      'FILE_NOT_FETCHED',
      'FILE_TOO_LARGE',
      'FILE_ADDRESS',
      'FILE_CONTENT',
      'FILE_EMPTY',
      'created',
    ])
    const sorted = outcomes.toSorted((a, b) => a.index - b.index)
    assert.deepEqual(
      sorted.slice(0, 3).map(({ state }) => state),
      ['rejected', 'failed', 'rejected']
    )
    assert.containSubset(sorted[2], { field: 'Visit_Report' })
    assert.match(Reflect.get(sorted[2], 'message'), /21.0 MB, and Zoho takes 20/)
  })
})
