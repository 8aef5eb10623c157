import { createHash } from 'node:crypto'
import { test } from '@japa/runner'
import type { HttpRequest, StreamDescription, WriteWish } from '#sdk'
import { packJob } from '../../../../plugins/connectors/zoho_crm/bulk/pack_job.js'
import { parseCsv } from '../../../../plugins/connectors/zoho_crm/bulk/parse_csv.js'
import { unzipFiles } from '../../../../plugins/connectors/zoho_crm/bulk/unzip_files.js'
import { zipFiles } from '../../../../plugins/connectors/zoho_crm/bulk/zip_files.js'
import { type Canned, cannedContext } from './canned_context.js'
import { byRef, deal, dealBatch, deals, dealStream } from './deal_batch.js'
import { bulkRoute } from './route_of.js'
import { faultsOf } from './write_kit.js'

const rowStream: StreamDescription = {
  ...dealStream,
  fields: [...dealStream.fields, { name: 'Items', type: 'json', rows: 'Deal_Items' }],
}

const childFields = [
  { api_name: 'Item', data_type: 'text' },
  { api_name: 'Sold_On', data_type: 'date' },
]

/** An org that takes a job of two files and answers with what the test says. */
function twoFiles(
  result: Array<{ name: string; text: string }>,
  seen: HttpRequest[],
  resource: object[] = []
) {
  return async () => {
    const zip = await zipFiles(result)
    return cannedContext((request): Canned => {
      seen.push(request)
      const { url, method } = request
      if (url.includes('/settings/fields')) return { status: 200, body: { fields: childFields } }
      if (url.endsWith('/upload')) return { status: 200, body: { details: { file_id: '5' } } }
      if (url.endsWith('.zip')) return { status: 200, bytes: zip }
      if (method === 'POST') return { status: 201, body: { details: { id: '7' } } }
      const status = { id: '7', status: 'COMPLETED', resource }
      return { status: 200, body: { ...status, result: { download_url: '/r/7.zip' } } }
    })
  }
}

async function uploadedFiles(seen: HttpRequest[]) {
  const upload = seen.find(({ url }) => url.endsWith('/upload'))
  const body = Buffer.from(upload?.body ?? '')
  return unzipFiles(body.subarray(body.indexOf('PK'), body.lastIndexOf('\r\n--')))
}

test.group('zoho_crm bulk rows', () => {
  const records = [
    deal(1, { Items: [{ Item: 'Pen', Sold_On: '2026-11-20' }, { Item: 'Ink' }] }),
    deal(2, { Items: [] }),
    deal(3, { Items: [{ Item: 'Pad, large' }] }),
  ]
  const options = { rows: 'add', layout: '77', callbackUrl: 'https://tell.example/me' }
  const batch = dealBatch(records, { stream: rowStream, options })

  test('parent and child travel in one zip', async ({ assert }) => {
    const seen: HttpRequest[] = []
    const { ctx } = await twoFiles([], seen)()
    await bulkRoute(rowStream).submit(ctx, batch)
    const files = await uploadedFiles(seen)
    assert.deepEqual(
      files.map(({ name }) => name),
      ['records.csv', 'Items.csv']
    )
    assert.notInclude(files[0].text, 'Items')
    assert.deepEqual(
      [...parseCsv(files[1].text)],
      [
        ['Parent_Id', 'Item', 'Sold_On'],
        ['R-1', 'Pen', '2026-11-20'],
        ['R-1', 'Ink', ''],
        ['R-3', 'Pad, large', ''],
      ]
    )
    const order = JSON.parse(String(seen.at(-1)?.body))
    assert.containSubset(order, {
      callback: { url: 'https://tell.example/me', method: 'post' },
      resource: [
        { module: { api_name: 'Deals' }, file_names: ['records.csv'], find_by: 'Order_Ref' },
        {
          module: { api_name: 'Deal_Items' },
          file_names: ['Items.csv'],
          field_mappings: [
            { api_name: 'Parent_Id', index: 0, parent_column_index: 0 },
            { api_name: 'Item', index: 1 },
            { api_name: 'Sold_On', index: 2, format: 'yyyy-MM-dd' },
          ],
        },
      ],
    })
    assert.deepEqual(order.resource[0].field_mappings[0], { api_name: 'Order_Ref', index: 0 })
    assert.deepInclude(order.resource[0].field_mappings, {
      api_name: 'Layout',
      default_value: { value: '77' },
    })
  })

  test('rows of records that are known by id name it', async ({ assert }) => {
    const seen: HttpRequest[] = []
    const { ctx } = await twoFiles([], seen)()
    const known = { operation: 'update' as const, ids: ['91', '92', '93'] }
    await bulkRoute(rowStream).submit(ctx, { ...batch, ...known })
    const [parents, rows] = await uploadedFiles(seen)
    assert.deepEqual(
      [...parseCsv(parents.text)].map(([id]) => id),
      ['id', '91', '92', '93']
    )
    const hanging = [...parseCsv(rows.text)].slice(1).map(([id, item]) => `${id} ${item}`)
    assert.deepEqual(hanging, ['91 Pen', '91 Ink', '93 Pad, large'])
  })

  test('a row that was refused is told of its record', async ({ assert }) => {
    const result = [
      {
        name: 'Items.csv',
        text: 'Parent_Id,Item,Sold_On,STATUS,RECORD_ID,ERRORS\nR-1,Pen,,ADDED,91,\nR-1,Ink,,SKIPPED,,INVALID_DATA-Item\n',
      },
      {
        name: 'records.csv',
        text: 'Order_Ref,Deal_Name,Stage,STATUS,RECORD_ID,ERRORS\nR-1,a,b,ADDED,1,\nR-2,a,b,ADDED,2,\nR-3,a,b,ADDED,3,\n',
      },
    ]
    const { ctx } = await twoFiles(result, [])()
    const progress = await bulkRoute(rowStream).collect(ctx, { job: '7', org: '1' }, batch)
    const outcomes = progress.state === 'done' ? progress.outcomes : []
    assert.deepEqual(faultsOf(outcomes), ['ROWS_REFUSED', 'created', 'created'])
    assert.match(Reflect.get(outcomes[0], 'message'), /written as 1, .*INVALID_DATA-Item/)
  })

  for (const status of ['FAILED', 'SKIPPED', 'COMPLETED']) {
    test(`a file of rows that Zoho left (${status}) is told of its records`, async ({ assert }) => {
      const text =
        'Order_Ref,Deal_Name,Stage,STATUS,RECORD_ID,ERRORS\nR-1,a,b,ADDED,1,\nR-2,a,b,ADDED,2,\nR-3,a,b,ADDED,3,\n'
      const resource = [
        { status: 'COMPLETED', module: 'Deals' },
        { status, module: 'Deal_Items', code: 'LIMIT_EXCEEDED', file: { skipped_count: 1 } },
      ]
      const { ctx } = await twoFiles([{ name: '7.csv', text }], [], resource)()
      const progress = await bulkRoute(rowStream).collect(ctx, { job: '7', org: '1' }, batch)
      const outcomes = progress.state === 'done' ? progress.outcomes : []
      assert.deepEqual(faultsOf(outcomes), ['ROWS_REFUSED', 'created', 'ROWS_REFUSED'])
    })
  }

  test('calls are taken for what a file cannot do', ({ assert }) => {
    const wish = (changes: Partial<WriteWish>): boolean | undefined =>
      bulkRoute(rowStream).suits?.({
        operation: 'upsert',
        match: byRef,
        fields: ['Deal_Name', 'Order_Ref'],
        options: {},
        ...changes,
      })
    assert.isTrue(wish({}))
    assert.isTrue(wish({ options: { trigger: 'none', emptyValues: 'keep', layout: '7' } }))
    assert.isFalse(wish({ options: { trigger: 'all' } }))
    assert.isFalse(wish({ options: { lockField: 'Ordered_At' } }))
    assert.isFalse(wish({ options: { appendValues: 'Tags' } }))
    assert.isFalse(wish({ fields: Array.from({ length: 200 }, (_, at) => `F${at}`) }))
    const fields = ['Order_Ref', 'Items']
    assert.isFalse(wish({ fields, options: { rows: 'replace' } }))
    assert.isTrue(wish({ fields, options: { rows: 'add' } }))
    assert.isTrue(wish({ fields, operation: 'insert' }))
    assert.isFalse(wish({ fields, operation: 'insert', match: { by: 'id' } }))
    const inOrder = { by: 'fields' as const, fields: ['Order_Ref', 'Deal_Name'] }
    assert.isFalse(wish({ match: inOrder }))
    assert.isTrue(wish({ match: inOrder, operation: 'update' }))
  })
})

test.group('zoho_crm bulk size', () => {
  const noise = (at: number) => createHash('sha512').update(String(at)).digest('base64').repeat(2)

  test('what does not fit into the zip waits for the next job', async ({ assert }) => {
    const { ctx } = cannedContext(() => ({ status: 500 }))
    const records = Array.from({ length: 1000 }, (_, at) => deal(at, { Description: noise(at) }))
    const batch = dealBatch(records)
    const whole = await packJob(ctx, batch, {})
    assert.isNull(whole.count)
    const most = Math.floor(whole.zip.length / 2)
    const half = await packJob(ctx, batch, {}, most)
    assert.isAtMost(half.zip.length, most)
    assert.isAbove(half.count ?? 0, 350)
    assert.lengthOf(half.file.rows, half.count ?? 0)
    assert.lengthOf(half.file.over, 1000 - (half.count ?? 0))
    const error = await packJob(ctx, batch, {}, 150).catch((thrown: unknown) => thrown)
    assert.containSubset(error, { kind: 'config' })
    assert.match(String(error), /One record alone/)
  })

  test('a ticket that counts fewer records leaves the rest to be sent again', async ({
    assert,
  }) => {
    const text = 'Order_Ref,Deal_Name,Stage,STATUS,RECORD_ID,ERRORS\nR-1,a,b,ADDED,1,\n'
    const { ctx } = await twoFiles([{ name: '7.csv', text }], [])()
    const ticket = { job: '7', org: '1', count: 1 }
    const progress = await bulkRoute().collect(ctx, ticket, dealBatch(deals(3)))
    const outcomes = progress.state === 'done' ? progress.outcomes : []
    assert.deepEqual(faultsOf(outcomes), ['created', 'FILE_FULL', 'FILE_FULL'])
    assert.isTrue(outcomes.slice(1).every(({ state }) => state === 'failed'))
  })

  test('a completed job without a result is no success', async ({ assert }) => {
    const file = { status: 'COMPLETED', skipped_count: 2, total_count: 2 }
    const status = { id: '7', status: 'COMPLETED', resource: [{ status: 'SKIPPED', file }] }
    const { ctx } = cannedContext(() => ({ status: 200, body: status }))
    const progress = await bulkRoute().collect(ctx, { job: '7', org: '1' }, dealBatch(deals(2)))
    const outcomes = progress.state === 'done' ? progress.outcomes : []
    assert.deepEqual(faultsOf(outcomes), ['SKIPPED', 'SKIPPED'])
    assert.isTrue(outcomes.every(({ state }) => state === 'failed'))
  })

  test('a completed job that skipped every row rejects every record', async ({ assert }) => {
    const rows = ['R-1', 'R-2'].map((ref) => `${ref},a,b,SKIPPED,,DUPLICATE_DATA-Order_Ref`)
    const text = `Order_Ref,Deal_Name,Stage,STATUS,RECORD_ID,ERRORS\n${rows.join('\n')}\n`
    const { ctx } = await twoFiles([{ name: '7.csv', text }], [])()
    const progress = await bulkRoute().collect(ctx, { job: '7', org: '1' }, dealBatch(deals(2)))
    const outcomes = progress.state === 'done' ? progress.outcomes : []
    assert.deepEqual(faultsOf(outcomes), ['DUPLICATE_DATA', 'DUPLICATE_DATA'])
  })
})
