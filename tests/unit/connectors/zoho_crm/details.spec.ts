import { test } from '@japa/runner'
import type { HttpRequest, ReadQuery } from '#sdk'
import { ConnectorError } from '#sdk'
import { parseJson } from '../../../../plugins/connectors/zoho_crm/api/parse_json.js'
import { pollAfter } from '../../../../plugins/connectors/zoho_crm/bulk/poll_after.js'
import { unzipFiles } from '../../../../plugins/connectors/zoho_crm/bulk/unzip_files.js'
import { zipFiles } from '../../../../plugins/connectors/zoho_crm/bulk/zip_files.js'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { describeField } from '../../../../plugins/connectors/zoho_crm/describe/describe_field.js'
import { zohoInstant } from '../../../../plugins/connectors/zoho_crm/read/zoho_instant.js'
import { cannedContext } from './canned_context.js'
import { dealBatch, deals, dealStream } from './deal_batch.js'
import { testContext } from './test_context.js'
import { bulkRoute } from './route_of.js'

test.group('zoho_crm details', () => {
  test('numbers beyond a double come as text, unrounded', ({ assert }) => {
    const text =
      '{"a":1234567890123456.120000,"b":12.5,"c":"9, 12345678901234567","d":-12345678901234567890}'
    assert.deepEqual(parseJson(text), {
      a: '1234567890123456.12',
      b: 12.5,
      c: '9, 12345678901234567',
      d: '-12345678901234567890',
    })
  })

  test('bounds are rounded inwards to the second', ({ assert }) => {
    assert.equal(zohoInstant('2026-11-20T10:00:00.2Z', 'up'), '2026-11-20T10:00:01+00:00')
    assert.equal(zohoInstant('2026-11-20T10:00:00.9Z', 'down'), '2026-11-20T10:00:00+00:00')
    assert.equal(zohoInstant('2026-11-20T10:00:00Z', 'up'), '2026-11-20T10:00:00+00:00')
    assert.equal(zohoInstant('2026-11-20T15:30:00+05:30', 'up'), '2026-11-20T15:30:00+05:30')
  })

  test('young jobs are asked often, old ones seldom', ({ assert }) => {
    const job = { id: '1', status: 'ADDED', created_time: '2026-11-20T15:00:00+05:30' }
    const at = (time: string) => pollAfter(job, { date: `Fri, 20 Nov 2026 ${time} GMT` })
    assert.deepEqual([at('09:30:00'), at('09:30:20'), at('10:30:00')], [500, 5000, 15_000])
    assert.equal(pollAfter(job, {}), 500)
  })

  test('a zip whose checksum does not fit is damaged', async ({ assert }) => {
    const zip = await zipFiles([{ name: 'a.csv', text: 'a,b\n' }])
    const at = zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])) + 16
    zip[at] ^= 0xff
    await assert.rejects(() => unzipFiles(zip), /damaged/)
  })

  test('what Zoho demands is mandatory though the metadata is silent', ({ assert }) => {
    const names = (module: string, name: string) =>
      describeField(module, { api_name: name, data_type: 'text' }).mandatory
    assert.isTrue(names('Deals', 'Stage'))
    assert.isTrue(names('Events', 'Event_Title'))
    assert.isUndefined(names('Deals', 'Next_Step'))
  })

  test('what cannot be written is read-only', ({ assert }) => {
    const shapes = [
      { data_type: 'formula', formula: { return_type: 'currency' } },
      { data_type: 'autonumber' },
      { data_type: 'text', operation_type: { api_create: false, api_update: false } },
      { data_type: 'bigint' },
      { data_type: 'subform' },
    ].map((field) => describeField('X', { api_name: 'F', ...field }))
    assert.deepEqual(
      shapes.map(({ type, readOnly }) => [type, readOnly ?? false]),
      [
        ['decimal', true],
        ['text', true],
        ['text', true],
        ['decimal', false],
        ['json', false],
      ]
    )
  })

  test('a page never holds more than asked, whatever the cursor was given for', async ({
    assert,
  }) => {
    const urls: HttpRequest[] = []
    const { ctx } = cannedContext((request) => {
      urls.push(request)
      return { status: 200, body: { data: [{ id: '6' }], info: { more_records: false } } }
    })
    const query: ReadQuery = {
      cursor: { at: 'token', token: 't', size: 200, last: '5' },
      fields: ['Deal_Name'],
      filter: null,
      incremental: null,
      pageSize: 50,
    }
    for await (const page of connector.discover?.read?.(ctx, dealStream, query) ?? []) {
      assert.deepEqual(page.records, [{ id: '6' }])
    }
    assert.include(String(urls[0].body), "id > '5' order by id asc limit 200")
    assert.lengthOf(urls, 1)
  })

  test('a lost upload has written nothing, a lost job may have', async ({ assert }) => {
    const lost = new ConnectorError('transient', 'No answer', { delivered: 'unknown' })
    for (const [path, delivered] of [
      ['/upload', 'no'],
      ['/bulk/', 'unknown'],
    ]) {
      const { ctx } = cannedContext(() => ({ status: 200, body: { details: { file_id: 'f' } } }))
      const request = async (call: HttpRequest) => {
        if (call.url.includes(path)) throw lost
        return ctx.http.request(call)
      }
      const submit = bulkRoute().submit(testContext({ request }, ctx.settings), dealBatch(deals(1)))
      const error = await submit.catch((thrown: unknown) => thrown)
      assert.containSubset(error, { kind: 'transient', delivered })
    }
  })

  for (const status of ['ADDED', 'QUEUED', 'INPROGRESS', 'IN PROGRESS', 'In Progress']) {
    test(`a job that is ${status} is under way`, async ({ assert }) => {
      const { ctx } = cannedContext(() => ({ status: 200, body: { id: '7', status } }))
      const ticket = { job: '7', org: '1' }
      const progress = await bulkRoute().collect(ctx, ticket, dealBatch(deals(1)))
      assert.equal(progress.state, 'pending')
    })
  }
})
