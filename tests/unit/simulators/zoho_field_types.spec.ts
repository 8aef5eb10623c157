import { test } from '@japa/runner'
import { BulkClient } from './bulk_client.js'
import { openSimulator, type Json } from './open_simulator.js'

type Fields = Record<string, Json>

async function fieldsOf(zoho: Awaited<ReturnType<typeof openSimulator>>, query: string) {
  const { status, body } = await zoho.get(`/crm/v8/settings/fields?${query}`)
  const listed = (body.fields ?? []) as unknown as Fields[]
  return { status, fields: new Map(listed.map((field) => [String(field.api_name), field])) }
}

test.group('Zoho simulator: kinds of fields', () => {
  test('users, images and sums of rows', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const { body } = await zoho.get('/crm/v8/users')
    const users = body.users as unknown as Json[]
    const form = new FormData()
    form.set('file', new Blob(['a picture']), 'cat.png')
    const uploaded = await zoho.send('POST', '/crm/v8/files', { body: form })
    const file = String(uploaded.rows[0].details.id)
    const visit = {
      Name: 'Visit',
      Visit_Code: 'V-1',
      Helper: { id: users[1].id },
      Visit_Photo: [{ File_Id__s: file }],
      Items_Sold: 5,
    }
    const path = '/crm/v8/Shop_Visits'
    const { rows } = await zoho.post(path, { data: [visit] })
    const { rows: shown } = await zoho.get(`${path}/${rows[0].details.id}`)
    assert.equal(shown[0].Helper.name, 'Rosa Writer')
    const photos = shown[0].Visit_Photo as unknown as Json[]
    assert.equal(photos[0].File_Name__s, 'cat.png')
    assert.isNull(shown[0].Items_Sold)
    const strange = { ...visit, Visit_Code: 'V-2', Helper: { id: '5733686000000000999' } }
    const refused = await zoho.post(path, { data: [strange] })
    assert.equal(refused.rows[0].details.json_path, '$.data[0].Helper.id')
    const { fields } = await fieldsOf(zoho, 'module=Shop_Visits')
    const kinds = ['Helper', 'Visit_Photo', 'Items_Sold', 'Own_Visit_Id'].map((name) => {
      const { data_type: type, json_type: json, external } = fields.get(name) ?? {}
      return [type, json, external?.type ?? null].map(String)
    })
    assert.deepEqual(kinds, [
      ['userlookup', 'jsonobject', 'null'],
      ['imageupload', 'jsonarray', 'null'],
      ['rollup_summary', 'integer', 'null'],
      ['text', 'string', 'user'],
    ])
  })

  test('what may be changed is told where it is asked for', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const more = 'allowed_permissions_to_update'
    const { fields } = await fieldsOf(zoho, `module=Deals&include=${more}`)
    const may = { read_write: true, read_only: true, hidden: true }
    assert.deepEqual(fields.get('Stage')?.[more], may as unknown as Json)
    const plain = await fieldsOf(zoho, 'module=Deals')
    assert.notProperty(plain.fields.get('Stage'), more)
    const odd = await fieldsOf(zoho, 'module=Deals&include=all')
    assert.equal(odd.status, 400)
  })

  test('a price book has its name, its steps, and a way by bulk', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { bulkDelayMs: 0 })
    const steps = [{ from_range: 1, to_range: 10, discount: 5 }]
    const book = { Price_Book_Name: 'Summer', Pricing_Details: steps }
    const path = '/crm/v8/Price_Books'
    const bare = await zoho.post(path, { data: [{ Price_Book_Name: 'Bare' }] })
    assert.equal(bare.rows[0].details.api_name, 'Pricing_Details')
    const odd = await zoho.post(path, { data: [{ ...book, Pricing_Details: '5 %' }] })
    assert.equal(odd.rows[0].code, 'INVALID_DATA')
    const upsert = async () => {
      const { rows } = await zoho.post(`${path}/upsert`, { data: [book] })
      return [rows[0].action, rows[0].duplicate_field].map(String)
    }
    assert.deepEqual(await upsert(), ['insert', 'null'])
    assert.deepEqual(await upsert(), ['update', 'Price_Book_Name'])
    const { rows } = await zoho.get(`${path}?fields=Pricing_Details`)
    assert.deepEqual(rows[0].Pricing_Details, steps as unknown as Json)
    const bulk = new BulkClient(zoho)
    const job = await bulk.run([['Price_Book_Name'], ['Winter']], {
      module: 'Price_Books',
      findBy: 'Price_Book_Name',
    })
    const [resource] = job.resource as unknown as Json[]
    assert.equal(Number(resource.file.added_count), 1)
  })
})

test.group('Zoho simulator: fault rules', () => {
  test('a refused row is told what the rule says', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { bulkDelayMs: 0 })
    const trouble = {
      code: 'EXPECTED_FIELD_MISSING',
      field: 'Stage',
      message: 'say one of them',
      details: { expected_fields: ['Stage', 'Pipeline'] },
    }
    zoho.sim.faults([{ kind: 'partial', indexes: [0], ...trouble }])
    const { rows } = await zoho.deals([{ Deal_Name: 'A', Stage: 'Qualification' }])
    assert.deepEqual(rows[0], {
      code: 'EXPECTED_FIELD_MISSING',
      details: {
        api_name: 'Stage',
        json_path: '$.data[0].Stage',
        expected_fields: ['Stage', 'Pipeline'],
      },
      message: 'say one of them',
      status: 'error',
    } as unknown as Json)
    const bulk = new BulkClient(zoho)
    const lines = [
      ['Deal_Name', 'Stage'],
      ['A', 'Qualification'],
    ]
    const job = await bulk.run(lines, { findBy: 'Deal_Name' })
    const [, told] = await bulk.resultRows(String(job.result.download_url))
    assert.equal(told.at(-1), 'EXPECTED_FIELD_MISSING-Stage')
  })

  test('a rule that could never strike as meant is refused', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const refusals: [unknown, RegExp][] = [
      ['drop_after', /must be an object/],
      [{ kind: 'explode' }, /Unknown fault kind "explode"/],
      [{ kind: 'latency' }, /"latency" needs "ms"/],
      [{ kind: 'latency', ms: 'long' }, /"ms" of a fault "latency"/],
      [{ kind: 'status', status: 42 }, /"status" of a fault "status"/],
      [{ kind: 'drop_after', match: { times: -1 } }, /"times" of "match"/],
      [{ kind: 'drop_after', match: { times: 1, port: 1 } }, /Unknown "port" in "match"/],
      [{ kind: 'drop_after', methods: 'POST' }, /Unknown "methods" in a fault/],
    ]
    for (const [rule, reason] of refusals) {
      const { status, body } = await zoho.post('/__simulator/faults', [rule])
      assert.equal(status, 400)
      assert.match(String(body.error), reason)
    }
  })
})
