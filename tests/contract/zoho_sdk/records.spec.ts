import { test } from '@japa/runner'
import { list, rowsOf } from '#tests/support/zoho_sdk/sdk_client'
import { stageSdk } from '#tests/support/zoho_sdk/stage_sdk'

/**
 * Zoho's own SDK is the client here, unchanged, and the simulator has to be what it takes for
 * Zoho. The SDK keeps its session in static fields, one org for a whole process, and is CommonJS
 * with a hundred packages of its own: it runs in a child process, which tests/support/zoho_sdk
 * drives and whose typed objects it hands back as plain values.
 */
test.group("Zoho's own SDK: records", (group) => {
  const stage = stageSdk(group)

  test('creates records and reads them back by type', async ({ assert }) => {
    const { sdk, sim } = stage()
    const created = await sdk.ask('createRecords', {
      module: 'Leads',
      trigger: [],
      data: [
        { Last_Name: 'Lovelace', Company: 'Engines', Lead_Source: { choice: 'Trade Show' } },
        { Last_Name: 'Hopper', Email: 'grace@example.com', Annual_Revenue: 1250.5 },
      ],
    })
    const [ada, grace] = rowsOf(created)
    assert.equal(created.status, 201)
    assert.containSubset(ada, { is: 'SuccessResponse', code: 'SUCCESS', message: 'record added' })
    const { status, object } = await sdk.ask('getRecord', {
      module: 'Leads',
      id: grace.details.id,
    })
    assert.equal(status, 200)
    const [record] = list(object.data)
    assert.containSubset(record, {
      is: 'Record',
      id: BigInt(String(grace.details.id)),
      Last_Name: 'Hopper',
      Annual_Revenue: 1250.5,
      Company: null,
      Owner: { is: 'MinifiedUser', name: 'Sim Admin' },
    })
    assert.instanceOf(record.Created_Time, Date)
    assert.containSubset(sim.stats().modules.Leads, { records: 2, inserts: 2 })
  })

  test('pages through a list by its token', async ({ assert }) => {
    const { sdk, create, calls } = stage()
    const ids = await create('Leads', [{ Last_Name: 'A' }, { Last_Name: 'B' }, { Last_Name: 'C' }])
    const params = { FIELDS: 'Last_Name', SORT_ORDER: 'asc', PER_PAGE: 2 }
    const first = await sdk.ask('getRecords', { module: 'Leads', params })
    const { info } = first.object
    assert.containSubset(info, { is: 'Info', count: 2, page: 1, moreRecords: true, sortBy: 'id' })
    const token = { ...params, PAGE_TOKEN: info.nextPageToken }
    const second = await sdk.ask('getRecords', { module: 'Leads', params: token })
    const names = [...rowsOf(first), ...rowsOf(second)].map(({ Last_Name }) => Last_Name)
    assert.deepEqual(names.map(String), ['A', 'B', 'C'])
    assert.equal(rowsOf(second)[0].id, BigInt(ids[2]))
    assert.isFalse(second.object.info.moreRecords)
    assert.equal(calls('GET /crm/v8/{module}'), 2)
  })

  test('is told nothing of what is not there or not new', async ({ assert }) => {
    const { sdk, create, sim } = stage()
    const [id] = await create('Leads', [{ Last_Name: 'A' }])
    const gone = await sdk.ask('getRecord', { module: 'Leads', id: BigInt(id) + 1n })
    assert.deepEqual(gone, { status: 204, object: null })
    const params = { FIELDS: 'Last_Name' }
    const since = new Date(Date.now() + 3_600_000)
    const old = await sdk.ask('getRecords', { module: 'Leads', params, since })
    assert.deepEqual(old, { status: 304, object: null })
    const bare = await sdk.ask('getRecords', { module: 'Leads', params: {} })
    assert.equal(bare.status, 400)
    assert.containSubset(bare.object, {
      is: 'APIException',
      code: 'REQUIRED_PARAM_MISSING',
      details: { param_name: 'fields' },
    })
    assert.deepEqual(sim.stats().refused, { REQUIRED_PARAM_MISSING: 1 })
  })

  test('updates one record and some of many', async ({ assert }) => {
    const { sdk, create, truth } = stage()
    const [id] = await create('Leads', [{ Last_Name: 'A' }])
    const one = await sdk.ask('updateRecord', { module: 'Leads', id, data: [{ Company: 'C' }] })
    assert.equal(one.status, 200)
    assert.containSubset(rowsOf(one), [{ is: 'SuccessResponse', message: 'record updated' }])
    const data = [
      { id, Company: 'D' },
      { id: BigInt(id) + 1n, Company: 'E' },
    ]
    const many = await sdk.ask('updateRecords', { module: 'Leads', data })
    assert.equal(many.status, 207)
    assert.containSubset(rowsOf(many), [
      { is: 'SuccessResponse', details: { id } },
      { is: 'APIException', code: 'INVALID_DATA', details: { json_path: '$.data[1].id' } },
    ])
    assert.containSubset(truth('Leads'), { records: 1, updates: 2 })
  })

  test('upserts by the field it names', async ({ assert }) => {
    const { sdk, create, truth } = stage()
    const [id] = await create('Leads', [{ Last_Name: 'A', Email: 'a@example.com' }])
    const data = [
      { Last_Name: 'B', Email: 'a@example.com' },
      { Last_Name: 'C', Email: 'c@example.com' },
    ]
    const { status, object } = await sdk.ask('upsertRecords', {
      module: 'Leads',
      match: ['Email'],
      data,
    })
    assert.equal(status, 200)
    assert.containSubset(list(object.data), [
      { action: 'update', duplicateField: 'Email', message: 'record updated', details: { id } },
      { action: 'insert', message: 'record added' },
    ])
    assert.containSubset(truth('Leads'), { records: 2, inserts: 2, updates: 1 })
  })

  test('deletes records and lists what was deleted', async ({ assert }) => {
    const { sdk, create, truth } = stage()
    const ids = await create('Leads', [{ Last_Name: 'A' }, { Last_Name: 'B' }])
    const one = await sdk.ask('deleteRecord', { module: 'Leads', id: ids[0] })
    assert.equal(one.status, 200)
    assert.containSubset(rowsOf(one), [{ message: 'record deleted', details: { id: ids[0] } }])
    const many = await sdk.ask('deleteRecords', { module: 'Leads', ids })
    assert.equal(many.status, 207)
    assert.containSubset(rowsOf(many), [
      { is: 'APIException', code: 'INVALID_DATA', message: 'record not deleted' },
      { is: 'SuccessResponse', details: { id: ids[1] } },
    ])
    const deleted = rowsOf(await sdk.ask('getDeletedRecords', { module: 'Leads', type: 'all' }))
    assert.sameDeepMembers(
      deleted.map(({ id, displayName, type }) => ({ id, displayName, type })),
      [
        { id: BigInt(ids[0]), displayName: 'A', type: 'recycle' },
        { id: BigInt(ids[1]), displayName: 'B', type: 'recycle' },
      ]
    )
    assert.containSubset(truth('Leads'), { records: 0, deletes: 2 })
  })
})
