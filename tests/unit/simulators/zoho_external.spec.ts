import { test } from '@japa/runner'
import { BulkReader } from './bulk_reader.js'
import { openSimulator, type SimulatorClient } from './open_simulator.js'
import { unzipFirst } from './bulk_client.js'

const visits = '/crm/v8/Shop_Visits'
const WRITER = 'rosa.writer@example.com'

const visit = (number: number, more: Record<string, unknown> = {}) => ({
  Name: `Visit ${number}`,
  Visit_Code: `V-${number}`,
  ...more,
})

async function add(zoho: SimulatorClient, module: string, ...data: Record<string, unknown>[]) {
  const { rows } = await zoho.post(`/crm/v8/${module}`, { data })
  return rows.map(({ details }) => String(details.id))
}

test.group('Zoho simulator: external ids', () => {
  test('a search by an external field finds whole values', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const named = (number: number, id: string) => visit(number, { External_Visit_Id: id })
    await add(zoho, 'Shop_Visits', named(1, 'ext-1'), named(2, 'ext-11'), named(3, 'ext-2'))
    const headers = { 'x-external': 'Shop_Visits.External_Visit_Id' }
    const search = async (criteria: string, sent: Record<string, string>) => {
      const { rows, body } = await zoho.get(`${visits}/search?criteria=(${criteria})`, sent)
      return String(body.code ?? rows.map(({ Visit_Code: code }) => code).join())
    }
    assert.equal(await search('External_Visit_Id:equals:ext-1', {}), 'V-1,V-2')
    assert.equal(await search('External_Visit_Id:equals:ext-1', headers), 'V-1')
    assert.equal(await search('External_Visit_Id:in:ext-1,ext-2', headers), 'V-1,V-3')
    const odd = { 'x-external': 'Shop_Visits.Name' }
    assert.equal(await search('External_Visit_Id:equals:ext-1', odd), 'INVALID_DATA')
  })

  test('line items name products by their external id', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const [id] = await add(zoho, 'Products', { Product_Name: 'Tea', External_Product_Id: 'p-1' })
    const quote = (product: string) => ({
      Subject: 'Q',
      Quoted_Items: [{ Product_Name: { External_Product_Id: product }, Quantity: 1 }],
    })
    for (const rows of ['Product_Details', 'Quoted_Items']) {
      const headers = { 'x-external': `Quotes.${rows}.Product_Name.External_Product_Id` }
      const sent = { data: [quote('p-1'), quote('p-2')] }
      const { status, rows: said } = await zoho.post('/crm/v8/Quotes', sent, headers)
      assert.equal(status, 207)
      const path = '$.data[1].Quoted_Items[0].Product_Name.External_Product_Id'
      assert.equal(String(said[1].details.json_path), path)
      const { rows: shown } = await zoho.get(`/crm/v8/Quotes/${said[0].details.id}`)
      const items = shown[0].Quoted_Items as unknown as (typeof shown)[number][]
      assert.equal(items[0].Product_Name.id, id)
    }
    const odd = { 'x-external': 'Quotes.Nothing.Product_Name.External_Product_Id' }
    const refused = await zoho.post('/crm/v8/Quotes', { data: [quote('p-1')] }, odd)
    assert.equal(refused.body.details.header, 'X-EXTERNAL')
  })

  test('an id of its user is unique among his own records, and seen by him', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const mine = visit(1, { Own_Visit_Id: 'mine', External_Visit_Id: 'all' })
    const [first] = await add(zoho, 'Shop_Visits', mine)
    const again = await zoho.post(visits, { data: [visit(2, { Own_Visit_Id: 'mine' })] })
    assert.equal(again.rows[0].code, 'DUPLICATE_DATA')
    await zoho.signInAs(WRITER)
    const headers = { 'x-external': 'Shop_Visits.Own_Visit_Id' }
    const unseen = await zoho.get(`${visits}/mine`, headers)
    assert.equal(unseen.status, 204)
    const by = { duplicate_check_fields: ['Own_Visit_Id'] }
    const clash = await zoho.post(visits, { data: [{ ...mine, Visit_Code: 'V-3' }] })
    assert.equal(clash.rows[0].details.api_name, 'External_Visit_Id')
    const theirs = visit(3, { Own_Visit_Id: 'mine' })
    const upsert = () => zoho.post(`${visits}/upsert`, { data: [theirs], ...by })
    const { rows: added } = await upsert()
    assert.equal(added[0].action, 'insert')
    assert.notEqual(added[0].details.id, first)
    const { rows: changed } = await upsert()
    assert.deepEqual([changed[0].action, changed[0].details.id], ['update', added[0].details.id])
    const { rows } = await zoho.get(`${visits}/mine`, headers)
    assert.equal(rows[0].id, added[0].details.id)
  })
})

test.group('Zoho simulator: what activities are about', () => {
  test('a lookup to one of several modules needs the name of the module', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const [id] = await add(zoho, 'Accounts', { Account_Name: 'Byron Ltd' })
    const task = (more: Record<string, unknown>) => ({ Subject: 'Call', What_Id: { id }, ...more })
    const { status, rows } = await zoho.post('/crm/v8/Tasks', {
      data: [task({}), task({ $se_module: 'Deals' }), task({ $se_module: 'Accounts' })],
    })
    assert.equal(status, 207)
    const codes = rows.map(({ code }) => String(code))
    assert.deepEqual(codes, ['DEPENDENT_FIELD_MISSING', 'DEPENDENT_MISMATCH', 'SUCCESS'])
    assert.equal(rows[0].details.json_path, '$.data[0].$se_module')
    assert.equal(rows[0].details.dependee.api_name, 'What_Id')
    const { rows: shown } = await zoho.get('/crm/v8/Tasks?fields=What_Id')
    assert.deepInclude(shown[0], {
      What_Id: { name: 'Byron Ltd', id },
      $se_module: 'Accounts',
    } as never)
    const query = `select 'What_Id->Accounts.Account_Name' from Tasks where Subject = 'Call'`
    const told = await zoho.post('/crm/v8/coql', { select_query: query })
    assert.equal(told.rows[0]['What_Id->Accounts.Account_Name'], 'Byron Ltd')
    await zoho.delete(`/crm/v8/Accounts/${id}`)
    const left = await zoho.get('/crm/v8/Tasks?fields=Subject')
    assert.lengthOf(left.rows, 1)
  })

  test('events are read in bulk as a calendar, other modules are not', async (context) => {
    const { assert } = context
    const options = { bulkReadDelayMs: 0, bulkReadQueueMs: 0, bulkReadIcsRows: 1 }
    const zoho = await openSimulator(context.cleanup, options)
    const reader = new BulkReader(zoho)
    const [id] = await add(
      zoho,
      'Events',
      ...['Tea; two, cups', 'Later'].map((title) => ({
        Event_Title: title,
        Start_DateTime: '2026-05-01T10:00:00+02:00',
        End_DateTime: '2026-05-01T11:00:00+02:00',
        Description: 'x'.repeat(100),
      }))
    )
    const ask = (module: string) =>
      reader.create({ module: { api_name: module } }, { file_type: 'ics' })
    const refused = await ask('Deals')
    assert.equal(refused.body.details.api_name, 'file_type')
    const job = await reader.finish(await ask('Events'))
    assert.deepInclude(job, { file_type: 'ics' } as never)
    assert.deepInclude(job.result, { count: 1, per_page: 1, more_records: true } as never)
    const { bytes } = await reader.download(job)
    const text = String(await unzipFirst(bytes))
    assert.match(text, /^BEGIN:VCALENDAR\r\nVERSION:2.0\r\n/)
    assert.include(text, `UID:${id}\r\n`)
    assert.include(text, 'DTSTART:20260501T080000Z\r\n')
    assert.include(text, 'SUMMARY:Tea\\; two\\, cups\r\n')
    assert.isTrue(text.split('\r\n').every((line) => line.length <= 75))
    assert.equal(text.match(/BEGIN:VEVENT/g)?.length, 1)
  })
})
