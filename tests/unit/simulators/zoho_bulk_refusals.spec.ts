import { test } from '@japa/runner'
import { BulkClient, zipOf } from './bulk_client.js'
import { openSimulator, range } from './open_simulator.js'

const header = ['Deal_Name', 'Stage', 'Order_Ref']
const row = (number: number) => [`Order ${number}`, 'Qualification', `R-${number}`]
const fast = { bulkDelayMs: 0 }

test.group('Zoho simulator: bulk write refusals', () => {
  test('an upload needs its headers, a zip and at most 25 MB', async (context) => {
    const { assert } = context
    const bulk = new BulkClient(await openSimulator(context.cleanup, fast))
    const zip = await zipOf('a\n')
    const refused = async (bytes: Uint8Array, headers?: Record<string, string>) => {
      const { status, body } = await bulk.upload(bytes, headers)
      return `${status} ${body.code}`
    }
    assert.equal(await refused(zip, { 'X-CRM-ORG': '1' }), '400 AUTHORIZATION_FAILED')
    assert.equal(await refused(zip, { feature: 'other' }), '400 INVALID_DATA')
    assert.equal(await refused(Buffer.from('a,b\n')), '400 INVALID_FILE_FORMAT')
    const large = Buffer.concat([zip, Buffer.alloc(25 * 1024 * 1024)])
    assert.equal(await refused(large), '413 FILE_TOO_LARGE')
    assert.equal(await refused(zip), '200 FILE_UPLOAD_SUCCESS')
  })

  test('a job is checked before it is taken', async (context) => {
    const { assert } = context
    const bulk = new BulkClient(await openSimulator(context.cleanup, fast))
    const file = await bulk.fileId([header, row(1)])
    const mapped = (...field_mappings: unknown[]) => ({ resource: { field_mappings } })
    const map = (api_name: string, index: number, more = {}) => ({ api_name, index, ...more })
    const whole = header.map((name, index) => map(name, index))
    const wide = range(201).map((at) => map('Description', at - 1))
    const cases: [string, Parameters<BulkClient['create']>[1]][] = [
      ['MANDATORY_NOT_FOUND', { findBy: '' }],
      ['INVALID_FIELD', { findBy: 'Amount' }],
      ['MODULE_NOT_AVAILABLE', { module: 'Events' }],
      ['INVALID_DATA', { operation: 'replace' }],
      ['MANDATORY_FIELDS_NOT_MAPPED', mapped(whole[2])],
      ['INVALID_FIELD', mapped(...whole, map('Nothing', 0))],
      ['COLUMN_INDEX_NOT_FOUND', mapped(...whole, map('Amount', 3))],
      ['INVALID_FORMAT', mapped(...whole, map('Closing_Date', 0, { format: 'week' }))],
      ['MANDATORY_NOT_FOUND', mapped(...whole, map('Contact_Name', 0))],
      ['HEADER_LIMIT_EXCEEDED', mapped(...wide)],
      ['INVALID_FILE_ID', { resource: { file_id: '1' } }],
      ['FILE_NOT_FOUND', { resource: { file_names: ['other.csv'] } }],
    ]
    for (const [code, request] of cases) {
      const { status, body } = await bulk.create(file, request)
      assert.deepEqual([status, body.code], [400, code])
    }
    const taken = await bulk.create(file, mapped(...whole))
    assert.equal(taken.status, 201)
    assert.equal(taken.body.details.created_by.name, 'Sim Admin')
  })

  test('25,000 rows pass, one more fails the job before it writes', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { bulkDelayMs: 0, bulkSliceRows: 1000 })
    const bulk = new BulkClient(zoho)
    const failed = await bulk.run([header, ...range(25_001).map(row)])
    assert.equal(failed.status, 'FAILED')
    assert.equal(failed.resource[0].code, 'LIMIT_EXCEEDED')
    assert.lengthOf(zoho.sim.ledger(), 0)
    const passed = await bulk.run([header, ...range(25_000).map(row)])
    assert.equal(Number(passed.resource[0].file.added_count), 25_000)
  })

  test('a job goes from ADDED over INPROGRESS to COMPLETED', async (context) => {
    const { assert } = context
    const spelling = { inProgressSpelling: 'IN PROGRESS', bulkStatusCase: 'title' } as const
    const times = { bulkDelayMs: 600_000, bulkRunMs: 600_000 }
    const zoho = await openSimulator(context.cleanup, { ...spelling, ...times })
    const bulk = new BulkClient(zoho)
    const { body } = await bulk.create(await bulk.fileId([header, row(1)]))
    const path = `/crm/bulk/v8/write/${body.details.id}`
    const added = await zoho.get(path)
    assert.equal(added.body.status, 'ADDED')
    assert.notProperty(added.body, 'result')
    zoho.sim.advance(601)
    const running = await zoho.get(path)
    assert.equal(running.body.status, 'IN PROGRESS')
    while (zoho.sim.ledger().length === 0) await zoho.get(path)
    zoho.sim.advance(601)
    const done = await bulk.finish(String(body.details.id))
    const rows = await bulk.resultRows(String(done.result.download_url))
    assert.equal(rows[1][3], 'Added')
  })

  test('an unknown job and a foreign result are 404', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, fast)
    const job = await zoho.get('/crm/bulk/v8/write/1')
    const result = await zoho.get(`/v8/crm/org${zoho.sim.zgid}/bulk-write/1/1.zip`)
    for (const { status, body } of [job, result]) {
      assert.deepEqual([status, body.code], [404, 'RESOURCE_NOT_FOUND'])
    }
  })
})
