import { test } from '@japa/runner'
import { deal, openSimulator } from './open_simulator.js'

test.group('Zoho simulator: upsert', () => {
  test('it inserts, then updates by the field that matched', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const check = { duplicate_check_fields: ['Order_Ref'], trigger: [] }
    const first = await zoho.deals([deal(1)], check)
    assert.include(first.rows[0], { action: 'insert', duplicate_field: null })
    const again = await zoho.deals([deal(1, { Order_Ref: 'r-1', Amount: 9 }), deal(1)], check)
    assert.equal(again.status, 200)
    assert.include(again.rows[0], { action: 'update', duplicate_field: 'Order_Ref' })
    assert.equal(again.rows[0].details.id, first.rows[0].details.id)
    const entries = zoho.sim.ledger()
    assert.deepEqual(entries[1].match, { field: 'Order_Ref', value: 'r-1' })
    assert.deepEqual(entries[1].trigger, [])
    assert.isTrue(entries[1].changed)
  })

  test('rows of one call follow each other', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const { rows } = await zoho.deals([deal(1), deal(1), deal(1)])
    assert.deepEqual(
      rows.map(({ action }) => String(action)),
      ['insert', 'update', 'update']
    )
    const changes = zoho.sim.ledger().map(({ changed }) => changed)
    assert.deepEqual(changes, [true, false, false])
  })

  test('without fields the system field comes first, with them only if named', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const lead = (ref: string, email: string) => ({ Last_Name: 'L', Source_Id: ref, Email: email })
    const upsert = async (row: Record<string, unknown>, fields?: string[]) => {
      const body = { data: [row], duplicate_check_fields: fields }
      const { rows } = await zoho.post('/crm/v8/Leads/upsert', body)
      return `${rows[0].code} ${rows[0].action} ${rows[0].duplicate_field}`
    }
    await upsert(lead('s1', 'a@example.com'))
    assert.equal(await upsert(lead('s1', 'b@example.com')), 'SUCCESS update Source_Id')
    assert.equal(await upsert(lead('s1', 'B@example.com')), 'SUCCESS update Email')
    const unnamed = await upsert(lead('s2', 'b@example.com'), ['Source_Id'])
    assert.equal(unnamed, 'SUCCESS insert null', 'Email is not looked at')
    const crossed = await upsert(lead('s1', 'c@example.com'), ['Email'])
    assert.equal(crossed, 'SUCCESS update Source_Id', 'unique fields are looked at all the same')
  })

  test('a row that matches one record and clashes with another is refused', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const { rows } = await zoho.deals([deal(1), deal(2)])
    const clash = await zoho.deals([deal(1, { Order_Ref: 'R-2' })])
    assert.equal(clash.status, 400)
    assert.equal(clash.rows[0].code, 'DUPLICATE_DATA')
    const { duplicate_record: other, json_path: path } = clash.rows[0].details
    assert.equal(other.id, rows[1].details.id)
    assert.equal(other.module.api_name, 'Deals')
    assert.equal(path, '$.data[0].Order_Ref')
  })

  test('fields that are not unique and modules without upsert are refused', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const odd = await zoho.deals([deal(1)], { duplicate_check_fields: ['Amount'] })
    assert.deepEqual([odd.status, String(odd.body.code)], [400, 'INVALID_DATA'])
    const task = await zoho.post('/crm/v8/Tasks/upsert', { data: [{ Subject: 'S' }] })
    assert.deepEqual([task.status, String(task.body.code)], [400, 'NOT_SUPPORTED'])
    const none = await zoho.post('/crm/v8/Nothing/upsert', { data: [{}] })
    assert.equal(none.body.code, 'INVALID_MODULE')
  })

  test('of two unique fields the named one is looked at first', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const item = (sku: string, code: string) => ({ Name: sku + code, SKU: sku, Barcode: code })
    const upsert = async (row: Record<string, unknown>, fields?: string[]) => {
      const body = { data: [row], duplicate_check_fields: fields }
      const { rows } = await zoho.post('/crm/v8/Shop_Items/upsert', body)
      return `${rows[0].code} ${rows[0].duplicate_field} ${rows[0].details.api_name}`
    }
    const data = [item('a', '1'), item('b', '2')]
    await zoho.post('/crm/v8/Shop_Items', { data })
    const both = item('a', '2')
    assert.equal(await upsert(both), 'DUPLICATE_DATA undefined Barcode')
    assert.equal(await upsert(both, ['SKU']), 'DUPLICATE_DATA undefined Barcode')
    assert.equal(await upsert(both, ['Barcode']), 'DUPLICATE_DATA undefined SKU')
    assert.equal(await upsert(item('c', '2'), ['SKU']), 'SUCCESS Barcode undefined')
    const { rows } = await zoho.post('/crm/v8/Shop_Items', { data: [item('a', '2')] })
    assert.equal(rows[0].code, 'MULTIPLE_OR_MULTI_ERRORS')
    const faults = Object.values(rows[0].details.errors)
    assert.deepEqual(
      faults.map(({ code, details }) => `${code} ${details.api_name}`),
      ['DUPLICATE_DATA SKU', 'DUPLICATE_DATA Barcode']
    )
  })

  test('a module of our own has its unique field', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const items = (price: number) => ({
      data: [{ Name: `Item ${price}`, SKU: 'K1', Price: price }],
    })
    await zoho.post('/crm/v8/Shop_Items/upsert', items(1))
    const { rows } = await zoho.post('/crm/v8/Shop_Items/upsert', items(2))
    assert.include(rows[0], { action: 'update', duplicate_field: 'SKU' })
    assert.include(zoho.sim.stats().modules.Shop_Items, { records: 1, inserts: 1, updates: 1 })
  })
})
