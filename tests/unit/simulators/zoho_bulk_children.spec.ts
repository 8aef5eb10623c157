import { test } from '@japa/runner'
import { BulkClient, zipFiles } from './bulk_client.js'
import { openSimulator, type SimulatorClient } from './open_simulator.js'
import { Receiver } from './receiver.js'

const files = {
  'visits.csv': 'Name,Visit_Code\nFirst,V-1\nSecond,V-2\n,V-3\n',
  'items.csv': 'Visit,Item_Name,Item_Quantity\nV-1,Tea,2\nV-2,Cup,1\nV-1,Pot,many\nV-3,Lid,1\n',
}

const visits = (id: string, more: Record<string, unknown> = {}) => ({
  type: 'data',
  module: { api_name: 'Shop_Visits' },
  file_id: id,
  file_names: ['visits.csv'],
  field_mappings: [
    { api_name: 'Name', index: 0 },
    { api_name: 'Visit_Code', index: 1 },
  ],
  ...more,
})

const items = (id: string, parent: Record<string, unknown> = { parent_column_index: 1 }) => ({
  type: 'data',
  module: { api_name: 'Visit_Items' },
  file_id: id,
  file_names: ['items.csv'],
  field_mappings: [
    { api_name: 'Parent_Id', index: 0, ...parent },
    { api_name: 'Item_Name', index: 1 },
    { api_name: 'Item_Quantity', index: 2 },
  ],
})

async function upload(zoho: SimulatorClient) {
  const { body } = await new BulkClient(zoho).upload(await zipFiles(files))
  return String(body.details.file_id)
}

function create(zoho: SimulatorClient, resource: unknown[], more: Record<string, unknown> = {}) {
  const headers = { 'content-type': 'application/json' }
  return zoho.post('/crm/bulk/v8/write', { operation: 'insert', resource, ...more }, headers)
}

test.group('Zoho simulator: bulk write of rows', () => {
  test('a second file hangs its rows on the records of the first', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { bulkDelayMs: 0 })
    const id = await upload(zoho)
    const created = await create(zoho, [visits(id), items(id)])
    assert.equal(created.status, 201)
    const job = await new BulkClient(zoho).finish(String(created.body.details.id))
    const counts = [0, 1].map((at) => {
      const { added_count: added, skipped_count: skipped } = job.resource[at].file
      return [Number(added), Number(skipped)]
    })
    assert.deepEqual(counts, [
      [2, 1],
      [2, 2],
    ])
    const { rows } = await zoho.get('/crm/v8/Visit_Items?fields=Item_Name,Parent_Id&sort_order=asc')
    assert.deepEqual(
      rows.map(({ Item_Name: name, Parent_Id: parent }) => `${name} ${String(parent.name)}`),
      ['Tea First', 'Cup Second']
    )
  })

  test('a child needs its column of the parent and a module of its own', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { bulkDelayMs: 0 })
    const id = await upload(zoho)
    const codeOf = async (resource: unknown[], more = {}) => {
      const { body } = await create(zoho, resource, more)
      return String(body.code)
    }
    const loose = items(id, { find_by: 'id' })
    assert.equal(await codeOf([visits(id), loose]), 'MANDATORY_NOT_FOUND')
    assert.equal(await codeOf([items(id)]), 'MODULE_NOT_AVAILABLE')
    assert.equal(await codeOf([visits(id), visits(id)]), 'MODULE_NOT_AVAILABLE')
    const unnamed = visits(id, { file_names: undefined })
    assert.equal(await codeOf([unnamed]), 'FILE_NOT_FOUND')
    const callback = { url: 'nowhere', method: 'post' }
    assert.equal(await codeOf([visits(id)], { callback }), 'INVALID_CALLBACK_URL')
  })

  test('defaults, layouts, lookups by key, and a callback at the end', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { bulkDelayMs: 0 })
    const person = { Last_Name: 'Byron', Email: 'ada@example.com' }
    await zoho.post('/crm/v8/Contacts', { data: [person] })
    const receiver = await Receiver.open(context.cleanup)
    const bulk = new BulkClient(zoho)
    const id = await bulk.fileId([
      ['Name', 'Who'],
      ['First', 'ADA@example.com'],
      ['Second', 'nobody@example.com'],
    ])
    const mappings = [
      { api_name: 'Name', index: 0 },
      { api_name: 'Contact', index: 1, find_by: 'Email' },
      { api_name: 'Email', default_value: { value: 'shop@example.com' } },
      { api_name: 'Layout', default_value: { value: '1' } },
    ]
    const resource = visits(id, { file_names: undefined, field_mappings: mappings })
    const callback = { url: receiver.url, method: 'post' }
    await create(zoho, [resource], { callback })
    const [posted] = await receiver.wait(1)
    assert.equal(posted.status, 'COMPLETED')
    const { rows } = await zoho.get('/crm/v8/Shop_Visits?fields=Name,Contact,Email')
    assert.lengthOf(rows, 1)
    assert.equal(rows[0].Contact.name, 'Byron')
    assert.equal(rows[0].Email, 'shop@example.com')
  })
})
