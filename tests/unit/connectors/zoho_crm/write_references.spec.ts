import { test } from '@japa/runner'
import type { RecordValues } from '#sdk'
import { cannedContext } from './canned_context.js'
import { deal, dealBatch, deals, dealStream } from './deal_batch.js'
import { openOrg } from './open_org.js'
import { callRoute } from './route_of.js'
import { batchFor, faultsOf, idsOf, send, show, write } from './write_kit.js'

const contact = (number: number, account: string) => ({
  Last_Name: `Contact ${number}`,
  Source_Id: `C-${number}`,
  Account_Name: { by: 'Account_Name', value: account },
})

const byCode = {
  operation: 'upsert' as const,
  match: { by: 'fields' as const, fields: ['Source_Id'] },
}

test.group('zoho_crm references', () => {
  test('finds the record by a field of the other module, in batches of fifty', async ({
    assert,
    cleanup,
  }) => {
    const { ctx, context, sim } = await openOrg(cleanup)
    const names = Array.from({ length: 60 }, (_, at) => `Account ${at} "quoted" O'Neill`)
    const accounts = await write(
      ctx,
      'Accounts',
      names.map((name) => ({ Account_Name: name }))
    )
    const writer = context()
    const records = Array.from({ length: 100 }, (_, at) =>
      contact(at, names[at % 60].toUpperCase())
    )
    const batch = await batchFor(ctx, 'Contacts', records, byCode)
    const before = { mine: writer.meter.credits, theirs: sim.stats().credits.used }
    const outcomes = await send(writer.ctx, batch)
    assert.lengthOf(new Set(idsOf(outcomes)), 100)
    // Metadata of Accounts 1, two queries 2, the write 10.
    assert.equal(writer.meter.credits - before.mine, 13)
    assert.equal(sim.stats().credits.used - before.theirs, 13)
    const shown = await show(ctx, 'Contacts', idsOf(outcomes)[61])
    assert.containSubset(shown.Account_Name, { id: idsOf(accounts)[1] })
    await send(writer.ctx, batch)
    assert.equal(writer.meter.credits - before.mine, 23)
  })

  test('none and several are told apart, with field and value', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    await write(ctx, 'Accounts', [
      { Account_Name: 'Twin', Phone: '1' },
      { Account_Name: 'twin', Phone: '2' },
      { Account_Name: 'Only' },
    ])
    const outcomes = await write(ctx, 'Contacts', [
      contact(1, 'Only'),
      contact(2, 'Nobody'),
      contact(3, 'Twin'),
    ])
    assert.deepEqual(faultsOf(outcomes), ['created', 'LOOKUP_NOT_FOUND', 'LOOKUP_AMBIGUOUS'])
    const faults = outcomes.flatMap((outcome) => ('code' in outcome ? outcome : []))
    assert.deepEqual(
      faults.map(({ state, field }) => [state, field]),
      [
        ['rejected', 'Account_Name'],
        ['rejected', 'Account_Name'],
      ]
    )
    assert.match(faults[0].message, /Accounts has no record with Account_Name 'Nobody'. Create/)
    assert.match(faults[1].message, /2 records of Accounts have Account_Name 'Twin'/)
  })

  test('a number of eighteen digits finds its record, a word none', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const accounts = await write(ctx, 'Accounts', [
      { Account_Name: 'Before', Account_Number: '1002' },
      { Account_Name: 'After', Account_Number: '1003' },
    ])
    const values = ['1002', 1003, 'a word', '100200000000000001']
    const records = values.map((value, at) => ({
      ...contact(at, ''),
      Account_Name: { by: 'Account_Number', value },
    }))
    const outcomes = await write(ctx, 'Contacts', records)
    const none = 'LOOKUP_NOT_FOUND'
    assert.deepEqual(faultsOf(outcomes), ['created', 'created', none, none])
    const shown = await show(ctx, 'Contacts', idsOf(outcomes)[1])
    assert.containSubset(shown.Account_Name, { id: idsOf(accounts)[1] })
  })

  test('an owner is found by e-mail, and one who left is not', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const owned = (email: string) => ({ Last_Name: 'X', Owner: { by: 'email', value: email } })
    const outcomes = await write(ctx, 'Contacts', [
      owned('Rosa.Writer@example.com'),
      owned('idle.former@example.com'),
    ])
    assert.deepEqual(faultsOf(outcomes), ['created', 'LOOKUP_NOT_FOUND'])
    const shown = await show(ctx, 'Contacts', idsOf(outcomes)[0])
    assert.containSubset(shown.Owner, { email: 'rosa.writer@example.com' })
  })

  test('an external id is left to Zoho, which is told so', async ({ assert }) => {
    const stream = {
      ...dealStream,
      fields: dealStream.fields.map((field) =>
        field.name === 'Account_Name' ? { ...field, lookup: 'Shop_Visits' } : field
      ),
    }
    const fields = [{ api_name: 'External_Visit_Id', data_type: 'text', external: { type: 'org' } }]
    const fault = {
      code: 'INVALID_DATA',
      status: 'error',
      message: 'invalid data',
      details: {
        api_name: 'External_Visit_Id',
        json_path: '$.data[1].Account_Name.External_Visit_Id',
      },
    }
    const ok = { code: 'SUCCESS', status: 'success', message: 'ok', details: { id: '1' } }
    const { ctx, calls } = cannedContext(({ url }) =>
      url.includes('/settings/fields')
        ? { status: 200, body: { fields } }
        : { status: 207, body: { data: [ok, fault] } }
    )
    const records = deals(2, { Account_Name: { by: 'External_Visit_Id', value: 'V-1' } })
    const batch = dealBatch(records, { stream, operation: 'insert' })
    const outcomes = await callRoute('insert').send(ctx, batch)
    const last = calls.at(-1)
    assert.equal(last?.headers?.['x-external'], 'Deals.Account_Name.External_Visit_Id')
    assert.include(String(last?.body), '"Account_Name":{"External_Visit_Id":"V-1"}')
    assert.deepEqual(faultsOf(outcomes), ['created', 'LOOKUP_NOT_FOUND'])
  })

  test('Zoho finds the record by its external id, at no price', async ({ assert, cleanup }) => {
    const { ctx, context } = await openOrg(cleanup)
    const visit = { Name: 'V', Visit_Code: '1', External_Visit_Id: 'E-1' }
    const [id] = idsOf(await write(ctx, 'Shop_Visits', [visit]))
    const [product] = idsOf(await write(ctx, 'Products', [{ Product_Name: 'Lamp' }]))
    const writer = context()
    const seen = (value: string) => ({
      Visit: { by: 'External_Visit_Id', value },
      Seen_Product: { id: product },
    })
    const records = [seen('E-1'), seen('E-9')]
    const batch = await batchFor(writer.ctx, 'Shop_Visits_X_Products', records)
    const outcomes = await send(writer.ctx, batch)
    assert.deepEqual(faultsOf(outcomes), ['created', 'LOOKUP_NOT_FOUND'])
    assert.lengthOf(
      writer.meter.calls.filter(({ url }) => url.endsWith('/coql')),
      0
    )
    const shown = await show(ctx, 'Shop_Visits_X_Products', idsOf(outcomes)[0])
    assert.containSubset(shown.Visit, { id })
  })

  test('an upsert, and records that name them differently, are asked for', async ({ assert }) => {
    const text = { data_type: 'text', length: 50 }
    const fields = [
      { ...text, api_name: 'External_Visit_Id', external: { type: 'org' } },
      { ...text, api_name: 'Visit_Code' },
    ]
    const visit = (by: string, value: string) => ({ Account_Name: { by, value } })
    const records = [deal(1, visit('Visit_Code', 'V')), deal(2, visit('External_Visit_Id', 'V'))]
    const ok = { code: 'SUCCESS', status: 'success', message: 'ok', details: { id: '1' } }
    const asked = [
      { operation: 'upsert' as const, given: records.slice(1) },
      { operation: 'insert' as const, given: records },
    ]
    for (const { operation, given } of asked) {
      const { ctx, calls } = cannedContext(({ url, body }) => {
        if (url.includes('/settings/fields')) return { status: 200, body: { fields } }
        if (!url.endsWith('/coql')) return { status: 200, body: { data: given.map(() => ok) } }
        const [, by = ''] = /select id, (\w+)/.exec(String(body)) ?? []
        return { status: 200, body: { data: [{ id: '77', [by]: 'V' }] } }
      })
      await callRoute(operation).send(ctx, dealBatch(given, { operation }))
      const last = calls.at(-1)
      assert.isUndefined(last?.headers?.['x-external'])
      const { data } = JSON.parse(String(last?.body))
      for (const row of data) assert.deepEqual(row.Account_Name, { id: '77' })
    }
  })

  test('a parent of the same module may come later', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const parents: RecordValues[] = [
      { Account_Name: 'Parent' },
      { Account_Name: 'Child', Parent_Account: { by: 'Account_Name', value: 'Parent' } },
    ]
    const outcomes = await write(ctx, 'Accounts', parents)
    assert.deepEqual(faultsOf(outcomes), ['created', 'LOOKUP_NOT_FOUND'])
    assert.equal(outcomes.find(({ index }) => index === 1)?.state, 'failed')
    const [id] = idsOf(outcomes)
    const again = await write(ctx, 'Accounts', [parents[1]])
    assert.deepEqual(faultsOf(again), ['created'])
    const orphan = [{ Parent_Account: { by: 'Account_Name', value: 'Nobody' } }]
    const update = await write(ctx, 'Accounts', orphan, { operation: 'update', ids: [id] })
    assert.containSubset(update[0], { state: 'rejected', code: 'LOOKUP_NOT_FOUND' })
  })

  test('a field that cannot be asked by is a mistake of the mapping', async ({
    assert,
    cleanup,
  }) => {
    const { ctx } = await openOrg(cleanup)
    for (const by of ['No_Such_Field', 'Description']) {
      const record = { Last_Name: 'X', Account_Name: { by, value: 'y' } }
      const error = await write(ctx, 'Contacts', [record]).catch((thrown: unknown) => thrown)
      assert.containSubset(error, { kind: 'config' })
      assert.match(String(error), new RegExp(`Accounts cannot be found by ${by}`))
    }
  })

  test('many records with one value do not hide the others', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const crowd = Array.from({ length: 210 }, () => ({ Account_Name: 'Crowd' }))
    for (const from of [0, 100, 200]) await write(ctx, 'Accounts', crowd.slice(from, from + 100))
    await write(ctx, 'Accounts', [{ Account_Name: 'Zed' }])
    const outcomes = await write(ctx, 'Contacts', [contact(1, 'Crowd'), contact(2, 'Zed')])
    assert.deepEqual(faultsOf(outcomes), ['LOOKUP_AMBIGUOUS', 'created'])
  })
})
