import { test } from '@japa/runner'
import { rowsOf } from '#tests/support/zoho_sdk/sdk_client'
import { stageSdk } from '#tests/support/zoho_sdk/stage_sdk'

const people = [
  { Last_Name: 'Hopper', Email: 'grace@example.com', Annual_Revenue: 1250.5 },
  { Last_Name: 'Lovelace', Email: 'ada@example.com', Company: 'Hopper & Sons' },
]

test.group("Zoho's own SDK: search and COQL", (group) => {
  const stage = stageSdk(group)

  test('searches by {$self}')
    .with(['CRITERIA', 'EMAIL', 'WORD'] as const)
    .run(async ({ assert }, kind) => {
      const { sdk, create, calls } = stage()
      const [id, other] = await create('Leads', people)
      const asked = {
        CRITERIA: '((Last_Name:equals:Hopper)and(Annual_Revenue:greater_than:1000))',
        EMAIL: 'grace@example.com',
        WORD: 'hopper',
      }[kind]
      const answer = await sdk.ask('searchRecords', { module: 'Leads', params: { [kind]: asked } })
      const found = kind === 'WORD' ? [id, other] : [id]
      assert.equal(answer.status, 200)
      assert.sameMembers(
        rowsOf(answer).map((row) => String(row.id)),
        found
      )
      const info = { is: 'Info', count: found.length, moreRecords: false }
      assert.containSubset(answer.object.info, info)
      assert.equal(calls('GET /crm/v8/{module}/search'), 1)
    })

  test('finds nothing, and says what a search lacks', async ({ assert }) => {
    const { sdk, create } = stage()
    await create('Leads', people)
    const params = { EMAIL: 'nobody@example.com' }
    const none = await sdk.ask('searchRecords', { module: 'Leads', params })
    assert.deepEqual(none, { status: 204, object: null })
    const { object } = await sdk.ask('searchRecords', { module: 'Leads', params: {} })
    assert.containSubset(object, { is: 'APIException', code: 'EXPECTED_PARAM_MISSING' })
  })

  test('queries by COQL, typed by the module', async ({ assert }) => {
    const { sdk, create, calls } = stage()
    const [id] = await create('Leads', people)
    const answer = await sdk.ask('queryRecords', {
      query:
        "select Last_Name, Annual_Revenue, Created_Time, Owner from Leads where (Email = 'grace@example.com' and id is not null) order by id desc limit 10",
    })
    assert.equal(answer.status, 200)
    assert.deepEqual(answer.object.is, 'ResponseWrapper')
    const [row] = rowsOf(answer)
    assert.containSubset(row, {
      is: 'Record',
      id: BigInt(id),
      Last_Name: 'Hopper',
      Annual_Revenue: 1250.5,
      Owner: { name: 'Admin' },
    })
    assert.instanceOf(row.Created_Time, Date)
    assert.containSubset(answer.object.info, { count: 1, moreRecords: false })
    assert.equal(calls('POST /crm/v8/coql'), 1)
  })

  test('joins and pages by COQL', async ({ assert }) => {
    const { sdk, create } = stage()
    const [account] = await create('Accounts', [{ Account_Name: 'Engines' }])
    const deals = ['A', 'B', 'C'].map((name) => ({
      Deal_Name: name,
      Stage: { choice: 'Qualification' },
      Account_Name: { id: account },
    }))
    await create('Deals', deals)
    const answer = await sdk.ask('queryRecords', {
      query:
        'select Deal_Name, Account_Name.Account_Name from Deals where id is not null order by Deal_Name asc limit 1, 2',
    })
    const rows = rowsOf(answer).map((row) => [row.Deal_Name, row['Account_Name.Account_Name']])
    assert.deepEqual(rows as unknown, [
      ['B', 'Engines'],
      ['C', 'Engines'],
    ])
  })

  test('groups by COQL, and names what it sums', async ({ assert }) => {
    const { sdk, create } = stage()
    const revenues = [2, 4, 8]
    const leads = revenues.map((Annual_Revenue) => ({
      Last_Name: 'A',
      Company: Annual_Revenue < 8 ? 'X' : 'Y',
      Annual_Revenue,
    }))
    await create('Leads', leads)
    const answer = await sdk.ask('queryRecords', {
      query:
        'select Company, COUNT(id), SUM(Annual_Revenue) as revenue from Leads where id is not null group by Company order by Company',
    })
    const rows = rowsOf(answer).map((row) => [row.Company, row['COUNT(id)'], row.revenue])
    assert.deepEqual(rows as unknown, [
      ['X', 2, 6],
      ['Y', 1, 8],
    ])
  })

  test('counts records', async ({ assert }) => {
    const { sdk, create } = stage()
    await create('Leads', people)
    const all = await sdk.ask('countRecords', { module: 'Leads' })
    assert.deepEqual(all, { status: 200, object: { is: 'CountWrapper', count: 2n } } as unknown)
    const params = { CRITERIA: '(Email:equals:ada@example.com)' }
    const { object } = await sdk.ask('countRecords', { module: 'Leads', params })
    assert.equal(object.count, 1n)
  })

  test('a query that is {$self}')
    .with(['empty', 'without where', 'of an unknown column'] as const)
    .run(async ({ assert }, kind) => {
      const { sdk } = stage()
      const query = {
        'empty': "select Last_Name from Leads where Email = 'nobody@example.com'",
        'without where': 'select Last_Name from Leads',
        'of an unknown column': 'select Nope from Leads where id is not null',
      }[kind]
      const answer = await sdk.ask('queryRecords', { query })
      if (kind === 'empty') return assert.deepEqual(answer, { status: 204, object: null })
      const code = kind === 'without where' ? 'SYNTAX_ERROR' : 'INVALID_QUERY'
      const details = kind === 'without where' ? { clause: 'where' } : { column_name: 'Nope' }
      assert.equal(answer.status, 400)
      assert.containSubset(answer.object, { is: 'APIException', code, details })
    })
})
