import { test } from '@japa/runner'
import { deal, openSimulator, range, statusOf } from './open_simulator.js'

test.group('Zoho simulator: writes', () => {
  test('an insert answers 201, in order, with ids beyond 2^53', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const { status, rows } = await zoho.post('/crm/v8/Deals', { data: [deal(1), deal(2)] })
    assert.equal(status, 201)
    assert.equal(rows[0].message, 'record added')
    const id = String(rows[1].details.id)
    assert.match(id, /^\d{18,19}$/)
    assert.isTrue(BigInt(id) > 2n ** 53n)
    assert.match(String(rows[0].details.Created_Time), /^[\d-]{10}T[\d:]{8}\+05:30$/)
    const { rows: read } = await zoho.get(`/crm/v8/Deals/${id}`)
    assert.equal(read[0].Order_Ref, 'R-2')
  })

  test('some refused is 207, all refused is 400 or, if set, 202', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const bad = deal(2, { Stage: undefined })
    const some = await zoho.deals([deal(1), bad])
    assert.equal(some.status, 207)
    assert.equal(some.rows[1].code, 'MANDATORY_NOT_FOUND')
    const details = { api_name: 'Stage', json_path: '$.data[1].Stage' }
    assert.deepEqual(some.rows[1].details, details)
    assert.equal(await statusOf(zoho.deals([bad])), 400)
    zoho.sim.reset({ allFailedStatus: 202 })
    assert.equal(await statusOf(zoho.deals([bad])), 202)
  })

  test('a value of the wrong kind or length says which field and why', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const cases: [Record<string, unknown>, Record<string, unknown>][] = [
      [{ Deal_Name: 'x'.repeat(121) }, { api_name: 'Deal_Name', maximum_length: 120 }],
      [{ Deal_Name: 7 }, { api_name: 'Deal_Name', expected_data_type: 'text' }],
      [{ Item_Count: 1.5 }, { api_name: 'Item_Count', expected_data_type: 'integer' }],
      [{ Item_Count: 1e9 }, { api_name: 'Item_Count', maximum_length: 9 }],
      [{ Amount: '12' }, { api_name: 'Amount', expected_data_type: 'currency' }],
      [{ Discount: 1e16 }, { api_name: 'Discount', maximum_length: 16 }],
      [{ Is_Gift: 'true' }, { api_name: 'Is_Gift', expected_data_type: 'boolean' }],
      [{ Customer_Email: 'nobody' }, { expected_data_type: 'email' }],
      [{ Customer_Email: '.a@example.com' }, { expected_data_type: 'email' }],
      [{ Phone_Number: '0'.repeat(31) }, { api_name: 'Phone_Number', maximum_length: 30 }],
      [{ Phone_Number: 'call me!' }, { expected_data_type: 'phone' }],
      [{ Closing_Date: '2026-02-30' }, { expected_data_type: 'date' }],
      [{ Closing_Date: '03/31/2026' }, { expected_data_type: 'date' }],
      [{ Ordered_At: '2026-01-02T03:04:05' }, { expected_data_type: 'datetime' }],
      [{ Ordered_At: '2026-01-02T03:04:05.000+00:00' }, { expected_data_type: 'datetime' }],
      [{ Contact_Name: '123' }, { expected_data_type: 'jsonobject' }],
      [{ Contact_Name: { id: '123' } }, { json_path: '$.data[0].Contact_Name.id' }],
    ]
    for (const [change, details] of cases) {
      const { rows } = await zoho.post('/crm/v8/Deals', { data: [deal(1, change)] })
      assert.equal(rows[0].code, 'INVALID_DATA', JSON.stringify(change))
      assert.include(rows[0].details, details)
    }
    const nameless = deal(1, { Contact_Name: { name: 'Ann' } })
    const { rows } = await zoho.post('/crm/v8/Deals', { data: [nameless] })
    assert.equal(rows[0].code, 'MANDATORY_NOT_FOUND')
    assert.lengthOf(zoho.sim.ledger(), 0)
  })

  test('unknown names are ignored; picklists are strict only if set so', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const odd = deal(1, { Order_Status: 'lost', Nothing: 1, Created_Time: 'now' })
    assert.equal(await statusOf(zoho.deals([odd])), 200)
    const [{ record }] = zoho.sim.ledger({ records: true })
    assert.equal(record?.Order_Status, 'lost')
    assert.notProperty(record, 'Nothing')
    zoho.sim.reset({ strictPicklists: true })
    const { rows } = await zoho.deals([odd])
    assert.equal(rows[0].code, 'INVALID_DATA')
  })

  test('a call takes 1 to 100 records, with or without a Content-Type', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const much = await zoho.deals(range(101).map((number) => deal(number)))
    assert.deepEqual([much.status, String(much.body.code)], [400, 'LIMIT_EXCEEDED'])
    assert.equal(await statusOf(zoho.deals([])), 400)
    const bytes = new Blob([JSON.stringify({ data: [deal(1)] })])
    const bare = await zoho.send('POST', '/crm/v8/Deals', { body: bytes })
    assert.equal(bare.status, 201)
    const broken = await zoho.send('POST', '/crm/v8/Deals', { body: '{"data":' })
    assert.deepEqual([broken.status, String(broken.body.code)], [400, 'INVALID_DATA'])
  })

  test('an update needs an id that is there', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const added = await zoho.post('/crm/v8/Deals', { data: [deal(1), deal(2)] })
    const id = added.rows[0].details.id
    const data = [{ id, Amount: 5 }, { Amount: 5 }, { id: '5733686000000999999', Amount: 5 }]
    const { status, rows } = await zoho.put('/crm/v8/Deals', { data })
    assert.equal(status, 207)
    const codes = rows.map(({ code }) => String(code))
    assert.deepEqual(codes, ['SUCCESS', 'MANDATORY_NOT_FOUND', 'INVALID_DATA'])
    const clash = await zoho.put(`/crm/v8/Deals/${id}`, { data: [{ Order_Ref: 'r-2' }] })
    assert.equal(clash.rows[0].code, 'DUPLICATE_DATA')
    const blank = await zoho.put(`/crm/v8/Deals/${id}`, { data: [{ Stage: null }] })
    assert.equal(blank.rows[0].code, 'MANDATORY_NOT_FOUND')
    const cleared = await zoho.put(`/crm/v8/Deals/${id}`, { data: [{ Amount: null }] })
    assert.equal(cleared.rows[0].message, 'record updated')
    const none = await zoho.put('/crm/v8/Deals/17', { data: [{ Amount: 1 }] })
    assert.equal(Number(none.body.details.resource_path_index), 1)
  })

  test('If-Unmodified-Since guards a record that has changed', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const { rows } = await zoho.post('/crm/v8/Deals', { data: [deal(1)] })
    const path = `/crm/v8/Deals/${rows[0].details.id}`
    const seen = { 'If-Unmodified-Since': String(rows[0].details.Modified_Time) }
    const body = { data: [{ Amount: 1 }] }
    assert.equal(await statusOf(zoho.put(path, body, seen)), 200)
    zoho.sim.advance(2)
    await zoho.put(path, { data: [{ Amount: 2 }] })
    const late = await zoho.put(path, body, seen)
    assert.deepEqual([late.status, String(late.rows[0].code)], [412, 'ALREADY_MODIFIED'])
  })
})
