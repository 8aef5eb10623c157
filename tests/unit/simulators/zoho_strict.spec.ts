import { test } from '@japa/runner'
import { BulkReader } from './bulk_reader.js'
import { deal, openSimulator, range, type SimulatorClient } from './open_simulator.js'

const WRITER = 'rosa.writer@example.com'

const coql = (zoho: SimulatorClient, query: string, version = 'v8') =>
  zoho.post(`/crm/${version}/coql`, { select_query: query })

async function codeAt(zoho: SimulatorClient, path: string) {
  const { status, body } = await zoho.get(path)
  return status === 200 ? 'read' : String(body.code)
}

test.group('Zoho simulator: strict where Zoho is', () => {
  test('a page token is good for its user alone', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    await zoho.deals([deal(1), deal(2)])
    const list = '/crm/v8/Deals?fields=Stage&per_page=1'
    const { body } = await zoho.get(list)
    const next = `${list}&page_token=${body.info.next_page_token}`
    assert.equal(await codeAt(zoho, next), 'read')
    await zoho.signInAs(WRITER)
    assert.equal(await codeAt(zoho, list), 'read')
    assert.equal(await codeAt(zoho, next), 'TOKEN_BOUND_DATA_MISMATCH')
  })

  test('the token of a bulk read is good for its user alone', async (context) => {
    const { assert } = context
    const options = { bulkReadDelayMs: 0, bulkReadQueueMs: 0, bulkReadRows: 1 }
    const zoho = await openSimulator(context.cleanup, options)
    const reader = new BulkReader(zoho)
    await zoho.deals([deal(1), deal(2)])
    const { job } = await reader.run({ fields: ['Stage'] })
    const query = { page_token: String(job.result.next_page_token) }
    await zoho.signInAs(WRITER)
    const foreign = await reader.create(query)
    assert.equal(foreign.body.code, 'INVALID_DATA')
    const own = await reader.create({ module: { api_name: 'Deals' } })
    assert.equal(own.rows[0].details.created_by.name, 'Rosa Writer')
    const named = await reader.deals({ cvid: 5 })
    assert.equal(named.body.details.json_path, '$.query.cvid')
  })

  test('no more than 100,000 records by page token', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    await zoho.deals([deal(1), deal(2)])
    const list = '/crm/v8/Deals?fields=Stage&per_page=1'
    const { body } = await zoho.get(list)
    const text = Buffer.from(String(body.info.next_page_token), 'base64url').toString()
    const moved = (given: number) => {
      const token = { ...(JSON.parse(text) as object), given }
      return `${list}&page_token=${Buffer.from(JSON.stringify(token)).toString('base64url')}`
    }
    assert.equal(await codeAt(zoho, moved(99_999)), 'read')
    assert.equal(await codeAt(zoho, moved(100_000)), 'PAGINATION_LIMIT_EXCEEDED')
  })

  test('a page that is no number, a type of deletion that is none', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const page = await zoho.get('/crm/v8/Deals?fields=Stage&page=two')
    assert.equal(page.body.code, 'UNABLE_TO_PARSE_DATA_TYPE')
    assert.equal(await codeAt(zoho, '/crm/v8/Deals?fields=Stage&page=0'), 'INVALID_DATA')
    const deleted = await zoho.get('/crm/v8/Deals/deleted?type=gone')
    assert.deepEqual([deleted.status, String(deleted.body.code)], [400, 'PATTERN_NOT_MATCHED'])
  })

  test('a trigger is a list', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const { status, body } = await zoho.deals([deal(1)], { trigger: 'workflow' })
    assert.deepEqual([status, String(body.details.json_path)], [400, '$.trigger'])
    assert.isEmpty(zoho.sim.ledger())
  })

  test('an id in criteria is one of choices', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const { rows } = await zoho.deals([deal(1), deal(2)])
    const [first] = rows.map(({ details }) => String(details.id))
    const search = async (operator: string, value = first) => {
      const found = await zoho.get(`/crm/v8/Deals/search?criteria=(id:${operator}:${value})`)
      return String(found.body.code ?? found.rows.map(({ Order_Ref: ref }) => ref).join())
    }
    assert.equal(await search('equals'), 'R-1')
    assert.equal(await search('not_equal'), 'R-2')
    assert.equal(await search('starts_with', '5'), 'INVALID_QUERY')
  })

  test('a query shows a lookup with its name since version 7', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const person = await zoho.post('/crm/v8/Contacts', { data: [{ Last_Name: 'Byron' }] })
    const id = String(person.rows[0].details.id)
    await zoho.deals([deal(1, { Contact_Name: { id } })])
    const query = 'select Contact_Name, Owner from Deals where id is not null'
    const shown = async (version: string) => {
      const { rows } = await coql(zoho, query, version)
      return [rows[0].Contact_Name, rows[0].Owner].map((one) => Object.keys(one).sort().join())
    }
    assert.deepEqual(await shown('v7'), ['id,name', 'id,name'])
    assert.deepEqual(await shown('v6'), ['id', 'id'])
  })

  test('columns given twice, no rows, no module, too many joins', async (context) => {
    const { assert } = context
    const options = { coqlJoins: 1, coqlSelectJoins: 2 }
    const zoho = await openSimulator(context.cleanup, options)
    const end = 'from Deals where id is not null'
    const behind = ['Owner', 'Account_Name', 'Contact_Name'].map((name) => `${name}.Created_Time`)
    const cases: [string, string][] = [
      [`select Stage, Amount, Stage ${end}`, 'DUPLICATE_DATA'],
      [`select MAX(Amount), MAX(Amount) as most ${end}`, 'DUPLICATE_DATA'],
      [`select MAX(Amount), MIN(Amount) ${end}`, '200'],
      [`select Stage ${end} limit 0`, 'INVALID_DATA'],
      ['select Stage from Nowhere where id is not null', 'INVALID_MODULE'],
      [`select ${behind.slice(1).join(', ')} ${end}`, '204'],
      [
        `select Account_Name.Phone, Contact_Name.Phone, Campaign_Source.Type ${end}`,
        'LIMIT_EXCEEDED',
      ],
      [`select COUNT(id) ${end} group by Account_Name.Phone, Contact_Name.Phone`, 'LIMIT_EXCEEDED'],
      [`select id ${end} order by Account_Name.Phone, Contact_Name.Phone`, 'LIMIT_EXCEEDED'],
    ]
    for (const [query, code] of cases) {
      const { status, body } = await coql(zoho, query)
      assert.equal(String(body.code ?? status), code, query)
    }
  })

  test('the same seed gives the same ids, another gives others', async (context) => {
    const { assert } = context
    const story = async (seed: number) => {
      const zoho = await openSimulator(context.cleanup, { seed })
      await zoho.deals(range(3).map((number) => deal(number)))
      await zoho.post('/crm/v8/Contacts', { data: [{ Last_Name: 'Byron' }] })
      await zoho.deals([deal(2, { Amount: 2 })])
      const fields = await zoho.get('/crm/v8/settings/fields?module=Deals')
      const truth = zoho.sim.ledger({ records: true }).map(({ at, ...line }) => line)
      return JSON.stringify([zoho.sim.zgid, truth, fields.body])
    }
    const [first, again, other] = [await story(7), await story(7), await story(8)]
    assert.equal(first, again)
    assert.notEqual(first, other)
  })
})
