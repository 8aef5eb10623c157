import { buffer } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { test } from '@japa/runner'
import { ZipFile } from 'yazl'
import type { RecordValues } from '#sdk'
import { fieldMappings } from '../../../../plugins/connectors/zoho_crm/bulk/field_mappings.js'
import { jobBody } from '../../../../plugins/connectors/zoho_crm/bulk/job_body.js'
import { joinRows } from '../../../../plugins/connectors/zoho_crm/bulk/join_rows.js'
import { parseCsv } from '../../../../plugins/connectors/zoho_crm/bulk/parse_csv.js'
import { planFile } from '../../../../plugins/connectors/zoho_crm/bulk/plan_file.js'
import { unzipFiles } from '../../../../plugins/connectors/zoho_crm/bulk/unzip_files.js'
import { writeCsv } from '../../../../plugins/connectors/zoho_crm/bulk/write_csv.js'
import { zipFiles } from '../../../../plugins/connectors/zoho_crm/bulk/zip_files.js'
import { writeSettings } from '../../../../plugins/connectors/zoho_crm/write/write_settings.js'
import { cannedContext } from './canned_context.js'
import { deal, dealBatch, deals } from './deal_batch.js'
import { bulkRoute } from './route_of.js'

const text = fc.string({ unit: 'binary' })

test.group('zoho_crm bulk file', () => {
  test('any text survives CSV, ours and others', ({ assert }) => {
    const records = fc.array(fc.record({ Deal_Name: text, Order_Ref: text }), { minLength: 1 })
    fc.assert(
      fc.property(records, (given) => {
        const csv = String(writeCsv(planFile(dealBatch(given))))
        const expected = [
          ['Order_Ref', 'Deal_Name'],
          ...given.map((record) => [record.Order_Ref, record.Deal_Name]),
        ]
        const filled = expected.filter((row) => row.some((cell) => cell !== ''))
        const ours = [...parseCsv(csv)].filter((row) => row.some((cell) => cell !== ''))
        assert.deepEqual(ours, filled)
        const theirs: string[][] = parse(csv, { record_delimiter: '\n' })
        assert.deepEqual(theirs, expected)
      })
    )
  })

  test('a zip opens again and a damaged one does not', async ({ assert }) => {
    const files = [
      { name: 'a.csv', text: 'Fünf 🙂\n'.repeat(1000) },
      { name: 'b.csv', text: '' },
    ]
    const zip = await zipFiles(files)
    assert.deepEqual(await unzipFiles(zip), files)
    await assert.rejects(() => unzipFiles(zip.subarray(0, zip.length - 30)))
    const damaged = Buffer.from(zip)
    damaged[50] ^= 0xff
    await assert.rejects(() => unzipFiles(damaged))
    await assert.rejects(() => unzipFiles(Buffer.from('<html>')))
  })

  test('a zip that says otherwise of a file than it holds does not open', async ({ assert }) => {
    const zip = await zipFiles([{ name: 'a.csv', text: 'a,b\n'.repeat(100_000) }])
    const entry = zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
    const [checksum, size] = [entry + 16, entry + 24]
    const other = Buffer.from(zip)
    other.writeUInt32LE(7, checksum)
    await assert.rejects(() => unzipFiles(other), 'A file in the zip is damaged')
    const larger = Buffer.from(zip)
    larger.writeUInt32LE(100, size)
    await assert.rejects(() => unzipFiles(larger))
    const huge = Buffer.from(zip)
    huge.writeUInt32LE(257 * 1024 * 1024, size)
    await assert.rejects(() => unzipFiles(huge), 'The files in the zip are too large')
  })

  test('a zip may hold files as they are', async ({ assert }) => {
    const zip = new ZipFile()
    zip.addBuffer(Buffer.from('Fünf'), 'a.csv', { compress: false })
    zip.end()
    assert.deepEqual(await unzipFiles(await buffer(zip.outputStream)), [
      { name: 'a.csv', text: 'Fünf' },
    ])
  })

  test('the match field leads, and every format is stated', ({ assert }) => {
    const record = { Closing_Date: '2026-01-31', Account_Name: { id: '9' }, ...deal(1) }
    const mappings = fieldMappings(planFile(dealBatch([record])).columns)
    assert.deepEqual(mappings[0], { api_name: 'Order_Ref', index: 0 })
    assert.deepInclude(mappings, { api_name: 'Closing_Date', index: 1, format: 'yyyy-MM-dd' })
    assert.deepInclude(mappings, { api_name: 'Account_Name', index: 2, find_by: 'id' })
  })

  test('without a match field the most telling texts lead', ({ assert }) => {
    const records = deals(10).map((record) => ({ Is_Gift: true, Amount: '1', ...record }))
    const file = planFile(dealBatch(records, { operation: 'insert', match: { by: 'id' } }))
    const leading = file.columns.slice(0, file.keyColumns).map(({ name }) => name)
    assert.deepEqual(leading, ['Deal_Name', 'Order_Ref', 'Stage'])
    assert.isNull(file.findBy)
  })

  test('update by id leads with ids and sends no unknown record', ({ assert }) => {
    const changes = { operation: 'update' as const, match: { by: 'id' as const } }
    const file = planFile(dealBatch(deals(3), { ...changes, ids: ['1', null, '3'] }))
    assert.equal(file.findBy, 'id')
    assert.deepEqual(file.unknown, [1])
    assert.match(String(writeCsv(file)), /^id,Deal_Name,.*\n1,Order 1,.*\n3,Order 3,/)
  })

  test('equal rows are joined in the order sent', ({ assert }) => {
    const records = [
      deal(1, { Order_Ref: 'A' }),
      deal(2, { Order_Ref: 'B' }),
      deal(3, { Order_Ref: 'A' }),
    ]
    const file = planFile(dealBatch(records))
    const header = ['Order_Ref', 'Deal_Name', 'Stage', 'STATUS', 'RECORD_ID', 'ERRORS']
    const row = (ref: string, id: string) => [ref, '', '', 'Added', id, '']
    const joined = [
      ...joinRows(file, {
        header,
        rows: [row('A', '1'), row('A', '2'), row('B', '3'), row('C', '4')],
      }),
    ]
    assert.deepEqual(
      joined.map(({ index, id, status }) => [index, id, status]),
      [
        [0, '1', 'ADDED'],
        [2, '2', 'ADDED'],
        [1, '3', 'ADDED'],
      ]
    )
  })
})

test.group('zoho_crm empty cells', () => {
  const planned = (records: RecordValues[]) => {
    const { ignoreEmpty, rows, left } = planFile(dealBatch(records))
    return { ignoreEmpty, rows, left }
  }

  test('null clears where every record has every field', ({ assert }) => {
    const records = [deal(1, { Shipping_City: null }), deal(2, { Shipping_City: 'Ulm' })]
    assert.deepEqual(planned(records), { ignoreEmpty: false, rows: [0, 1], left: [] })
  })

  test('an absent field stays where nothing is to be cleared', ({ assert }) => {
    const records = [deal(1), deal(2, { Shipping_City: 'Ulm' })]
    assert.deepEqual(planned(records), { ignoreEmpty: true, rows: [0, 1], left: [] })
  })

  test('where both occur, the rarer shape waits for another job', ({ assert }) => {
    const records = [
      deal(1, { Shipping_City: null }),
      deal(2),
      { Shipping_City: 'Ulm', ...deal(3) },
    ]
    assert.deepEqual(planned(records), { ignoreEmpty: false, rows: [0, 2], left: [1] })
  })

  test('what an empty cell does is said of the job and of each file', ({ assert }) => {
    const records = [deal(1), deal(2, { Shipping_City: 'Ulm' })]
    for (const [given, ignoreEmpty] of [
      [records, true],
      [records.slice(0, 1), false],
    ] as const) {
      const { ctx } = cannedContext(() => ({ status: 500 }))
      const batch = dealBatch([...given])
      const order = { file: planFile(batch), children: [], fileId: '7' }
      const body = JSON.parse(jobBody(batch, writeSettings(ctx, batch), order, null))
      assert.equal(body.ignore_empty, ignoreEmpty)
      assert.equal(body.resource[0].ignore_empty, ignoreEmpty)
    }
  })

  test('an empty list clears as null does', ({ assert }) => {
    const records = [deal(1, { Tags: [] }), deal(2), deal(3, { Tags: ['a'] })]
    assert.deepEqual(planned(records), { ignoreEmpty: false, rows: [0, 2], left: [1] })
  })
})

test.group('zoho_crm bulk job under way', () => {
  for (const status of ['ADDED', 'Queued', 'INPROGRESS', 'IN PROGRESS', 'In_Progress']) {
    test(`is asked after while ${status}, whether Zoho calls back or not`, async ({ assert }) => {
      const created = '2026-11-20T10:00:00+00:00'
      const body = { id: '7', status, created_time: created }
      for (const [date, wait] of [
        ['Fri, 20 Nov 2026 10:00:01 GMT', 500],
        ['Fri, 20 Nov 2026 22:00:00 GMT', 15_000],
      ] as const) {
        const { ctx } = cannedContext(() => ({ status: 200, body, headers: { date } }))
        for (const callsBack of [true, false]) {
          const ticket = { job: '7', org: '1', callsBack }
          const progress = await bulkRoute().collect(ctx, ticket, dealBatch(deals(2)))
          assert.deepEqual(progress, { state: 'pending', pollAfter: wait, callsBack })
        }
      }
    })
  }
})
