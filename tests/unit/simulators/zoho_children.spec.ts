import { test } from '@japa/runner'
import { openSimulator, statusOf, type Json, type SimulatorClient } from './open_simulator.js'

const visit = (number: number, more: Record<string, unknown> = {}) => ({
  Name: `Visit ${number}`,
  Visit_Code: `V-${number}`,
  External_Visit_Id: `ext-${number}`,
  ...more,
})

const visits = '/crm/v8/Shop_Visits'

async function add(zoho: SimulatorClient, module: string, record: Record<string, unknown>) {
  const { rows } = await zoho.post(`/crm/v8/${module}`, { data: [record] })
  return rows[0]
}

async function idOf(zoho: SimulatorClient, module: string, record: Record<string, unknown>) {
  const { details } = await add(zoho, module, record)
  return String(details.id)
}

async function shown(zoho: SimulatorClient, id: string): Promise<Json> {
  const { rows } = await zoho.get(`${visits}/${id}`)
  return rows[0]
}

async function itemsOf(zoho: SimulatorClient, id: string) {
  const { Visit_Items: items } = await shown(zoho, id)
  return (items as unknown as Json[]).map((item) => ({
    id: String(item.id),
    text: `${String(item.Item_Name)} ${String(item.Item_Quantity)}`,
  }))
}

const texts = (items: { text: string }[]) => items.map(({ text }) => text)

test.group('Zoho simulator: rows of a record', () => {
  test('subform rows are added, changed, removed, and shown by a single get', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const items = [
      { Item_Name: 'Tea', Item_Quantity: 1 },
      { Item_Name: 'Cup', Item_Quantity: 2 },
    ]
    const id = await idOf(zoho, 'Shop_Visits', visit(1, { Visit_Items: items }))
    const [tea, cup] = await itemsOf(zoho, id)
    assert.deepEqual(texts([tea, cup]), ['Tea 1', 'Cup 2'])
    const change = [
      { id: tea.id, Item_Quantity: 5 },
      { id: cup.id, _delete: null },
      { Item_Name: 'Pot', Item_Quantity: 1 },
    ]
    const put = await zoho.put(`${visits}/${id}`, { data: [{ Visit_Items: change }] })
    assert.equal(put.status, 200)
    assert.deepEqual(texts(await itemsOf(zoho, id)), ['Tea 5', 'Pot 1'])
    const list = await zoho.get(`${visits}?fields=Name,Visit_Items`)
    assert.sameMembers(Object.keys(list.rows[0]), ['id', 'Name'])
    const rows = await zoho.get('/crm/v8/Visit_Items?fields=Item_Name,Parent_Id&sort_order=asc')
    const [first] = rows.rows
    assert.deepEqual([String(first.Item_Name), String(first.Parent_Id.id)], ['Tea', id])
    await zoho.delete(`${visits}/${id}`)
    assert.equal(await statusOf(zoho.get('/crm/v8/Visit_Items?fields=Item_Name')), 204)
  })

  test('a bad row refuses its record whole; omitted rows go if set so', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { subformKeepsOmitted: false })
    const layout = { Layout: { id: zoho.sim.zgid } }
    const rows = [{ Item_Name: 'Tea' }, { Item_Quantity: 1 }]
    const bad = visit(1, { ...layout, Visit_Items: rows })
    const { code, details } = await add(zoho, 'Shop_Visits', bad)
    assert.equal(code, 'MANDATORY_NOT_FOUND')
    assert.equal(details.json_path, '$.data[0].Visit_Items[1].Item_Name')
    assert.lengthOf(zoho.sim.ledger(), 0)
    const id = await idOf(zoho, 'Shop_Visits', visit(1, { Visit_Items: [{ Item_Name: 'Tea' }] }))
    await zoho.put(`${visits}/${id}`, { data: [{ Visit_Items: [{ Item_Name: 'Pot' }] }] })
    assert.deepEqual(texts(await itemsOf(zoho, id)), ['Pot null'])
  })

  test('a multi-select lookup names records of the other module', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const product = await idOf(zoho, 'Products', { Product_Name: 'Tea' })
    const seen = [{ Seen_Product: { id: product } }]
    const id = await idOf(zoho, 'Shop_Visits', visit(1, { Seen_Products: seen }))
    const { Seen_Products: products, $has_more: more } = await shown(zoho, id)
    assert.deepEqual(products[0].Seen_Product, { name: 'Tea', id: product } as unknown as Json)
    assert.deepEqual(more, { Visit_Items: false, Seen_Products: false } as unknown as Json)
    const wrong = visit(2, { Seen_Products: [{ Seen_Product: { id: id } }] })
    const refused = await add(zoho, 'Shop_Visits', wrong)
    assert.equal(refused.details.json_path, '$.data[0].Seen_Products[0].Seen_Product.id')
  })

  test('external values name records where the header says so', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const headers = { 'x-external': 'Shop_Visits.External_Visit_Id' }
    const id = await idOf(zoho, 'Shop_Visits', visit(1))
    assert.equal(await statusOf(zoho.get(`${visits}/ext-1`)), 400)
    const { rows } = await zoho.get(`${visits}/ext-1`, headers)
    assert.equal(rows[0].id, id)
    const list = await zoho.get(`${visits}?fields=Name&ids=ext-1,ext-9`, headers)
    assert.lengthOf(list.rows, 1)
    const sent = [{ id: '1', External_Visit_Id: 'ext-1', Name: 'Renamed' }]
    const put = await zoho.put(visits, { data: sent }, headers)
    assert.deepEqual([put.status, String(put.rows[0].details.id)], [200, id])
    const without = await zoho.put(visits, { data: sent })
    assert.equal(without.status, 400)
    const odd = await zoho.get(`${visits}/ext-1`, { 'x-external': 'Shop_Visits.Name' })
    assert.equal(odd.body.details.header, 'X-EXTERNAL')
    const upsert = await zoho.post(`${visits}/upsert`, {
      data: [visit(1, { Visit_Code: 'V-1' })],
      duplicate_check_fields: ['External_Visit_Id'],
    })
    assert.equal(upsert.rows[0].duplicate_field, 'External_Visit_Id')
    const item = { Item_Name: 'Tea', Parent_Id: { External_Visit_Id: 'ext-1' } }
    const by = { 'x-external': 'Visit_Items.Parent_Id.External_Visit_Id' }
    const lost = { ...item, Parent_Id: { External_Visit_Id: 'ext-9' } }
    const linked = await zoho.post('/crm/v8/Visit_Items', { data: [item, lost] }, by)
    assert.equal(linked.rows[1].details.json_path, '$.data[1].Parent_Id.External_Visit_Id')
    assert.deepEqual(texts(await itemsOf(zoho, id)), ['Tea null'])
    const gone = await zoho.send('DELETE', `${visits}?ids=ext-1`, { headers })
    assert.equal(gone.rows[0].details.id, id)
  })
})

test.group('Zoho simulator: updates', () => {
  test('choices are appended, automations recorded, authors known', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const id = await idOf(zoho, 'Shop_Visits', visit(1, { Purpose: ['Advice'] }))
    const appended = { Purpose: ['Return', 'Advice'], $append_values: { Purpose: true } }
    await zoho.put(`${visits}/${id}`, { data: [appended], trigger: [] })
    const { Purpose: purpose } = await shown(zoho, id)
    assert.deepEqual(purpose, ['Advice', 'Return'] as unknown as Json)
    await zoho.put(`${visits}/${id}`, { data: [{ Purpose: [] }], trigger: ['workflow', 'x'] })
    const ran = zoho.sim.ledger().map(({ automations }) => automations.length)
    assert.deepEqual(ran, [5, 0, 1])
    const edit = { module: 'Shop_Visits', operation: 'edit', records: [{ id, Name: 'By hand' }] }
    await zoho.post('/__simulator/edit', edit)
    const record = await shown(zoho, id)
    assert.equal(record.Created_By.name, 'Sim Admin')
    assert.notEqual(record.Modified_By.name, 'Sim Admin')
    const unchanged = { 'if-modified-since': String(record.Modified_Time) }
    assert.equal(await statusOf(zoho.get(`${visits}/${id}`, unchanged)), 304)
  })

  test('what the layout demands is missed only where the layout is named', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const bare = { Name: 'Visit' }
    const layout = { Layout: { id: zoho.sim.zgid } }
    const { code } = await add(zoho, 'Shop_Visits', bare)
    assert.equal(code, 'SUCCESS')
    const refused = await add(zoho, 'Shop_Visits', { ...bare, ...layout })
    assert.equal(refused.details.json_path, '$.data[0].Visit_Code')
  })

  test('a list shows the beginning of a rich text, and no converted lead', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const story = 'x'.repeat(40_000)
    const id = await idOf(zoho, 'Shop_Visits', visit(1, { Visit_Story: story }))
    const list = await zoho.get(`${visits}?fields=Visit_Story`)
    assert.lengthOf(String(list.rows[0].Visit_Story), 500)
    const record = await shown(zoho, id)
    assert.lengthOf(String(record.Visit_Story), 40_000)
    await idOf(zoho, 'Leads', { Last_Name: 'Byron' })
    const statuses: number[] = []
    for (const converted of ['false', 'both', 'true', 'maybe']) {
      const path = `/crm/v8/Leads?fields=Last_Name&converted=${converted}`
      statuses.push(await statusOf(zoho.get(path)))
    }
    assert.deepEqual(statuses, [200, 200, 204, 400])
  })
})
