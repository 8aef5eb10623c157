import { test } from '@japa/runner'
import { deal, openSimulator, range, type SimulatorClient } from './open_simulator.js'

function asker(zoho: SimulatorClient) {
  return async (where: string) => {
    const query = `select Order_Ref from Deals where ${where}`
    const { status, rows, body } = await zoho.post('/crm/v8/coql', { select_query: query })
    if (status === 400) return String(body.code)
    return rows.map(({ Order_Ref: ref }) => String(ref)).join(' ')
  }
}

const three = [1, 2, 11].map((number, at) =>
  deal(number, {
    Amount: number,
    Ordered_At: `2026-01-0${at + 1}T10:00:00+00:00`,
    Closing_Date: `2026-02-0${at + 1}`,
    Is_Gift: number === 2,
    Next_Step: number === 1 ? "Ann's call" : undefined,
  })
)

test.group('Zoho simulator: COQL', () => {
  test('it understands the comparisons', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    await zoho.deals(three)
    const ask = asker(zoho)
    const cases: [string, string][] = [
      [`Order_Ref = 'R-1'`, 'R-1'],
      [`Order_Ref = 'r-1'`, 'R-1'],
      [`Order_Ref != 'R-1'`, 'R-2 R-11'],
      [`Order_Ref in ('R-11', 'R-2', 'R-9')`, 'R-2 R-11'],
      [`Order_Ref not in ('R-11')`, 'R-1 R-2'],
      [`Order_Ref like '%-1%'`, 'R-1 R-11'],
      ['Amount >= 2', 'R-2 R-11'],
      ['Amount between 1 and 2', 'R-1 R-2'],
      ['Is_Gift = true', 'R-2'],
      ['Next_Step is null', 'R-2 R-11'],
      ['Next_Step is not null', 'R-1'],
      [`Next_Step = 'Ann\\'s call'`, 'R-1'],
      [`Ordered_At > '2026-01-01T15:30:00+05:30'`, 'R-2 R-11'],
      [`Closing_Date <= '2026-02-02'`, 'R-1 R-2'],
      [`(Amount > 1 and (Is_Gift = true or Amount = 11))`, 'R-2 R-11'],
      ['Amount > 0 ORDER BY Amount DESC LIMIT 2', 'R-11 R-2'],
      ['Amount > 0 limit 1, 1', 'R-2'],
      ['Amount > 0 limit 1 offset 2', 'R-11'],
    ]
    for (const [where, found] of cases) assert.equal(await ask(where), found, where)
  })

  test('it refuses what Zoho refuses', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    await zoho.deals(three)
    const ask = asker(zoho)
    const cases: [string, string][] = [
      ['Amount > 0 and Amount > 1 and Amount > 2', 'SYNTAX_ERROR'],
      ['(Amount > 0 and Amount > 1 or Amount > 2)', 'SYNTAX_ERROR'],
      ['Amount >', 'SYNTAX_ERROR'],
      ['Amount > 0 limit x', 'SYNTAX_ERROR'],
      ['Nothing = 1', 'INVALID_QUERY'],
      [`Order_Notes = 'x'`, 'INVALID_QUERY'],
      [`Order_Ref > 'R'`, 'INVALID_QUERY'],
      ['Order_Ref = 1', 'INVALID_QUERY'],
      [`Ordered_At > '2026-01-01T10:00:00'`, 'INVALID_QUERY'],
      [`Order_Ref like 'R%'`, 'INVALID_QUERY'],
      ['Amount > 0 limit 2001', 'LIMIT_EXCEEDED'],
      ['Amount > 0 limit 2000 offset 99000', 'LIMIT_EXCEEDED'],
      [`Amount in (${range(51).join(',')})`, 'LIMIT_EXCEEDED'],
    ]
    for (const [where, code] of cases) assert.equal(await ask(where), code, where)
    const bare = await zoho.post('/crm/v8/coql', { select_query: 'select id from Deals' })
    assert.equal(bare.body.code, 'SYNTAX_ERROR')
    const none = await zoho.post('/crm/v8/coql', { query: 'x' })
    assert.equal(none.body.code, 'MANDATORY_NOT_FOUND')
  })

  test('relations, ids and more_records', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const person = await zoho.post('/crm/v8/Contacts', { data: [{ Last_Name: 'Byron' }] })
    const contact = { Contact_Name: { id: person.rows[0].details.id } }
    const { rows: added } = await zoho.deals([deal(1, contact), deal(2)])
    const id = String(added[0].details.id)
    const select = 'select Deal_Name, Contact_Name, Contact_Name.Last_Name from Deals'
    const { rows, body } = await zoho.post('/crm/v8/coql', {
      select_query: `${select} where Contact_Name.Last_Name = 'byron' and id = ${id}`,
    })
    assert.deepEqual(body.info, { count: 1, more_records: false })
    assert.equal(rows[0]['Contact_Name.Last_Name'], 'Byron')
    assert.equal(rows[0].Contact_Name.name, 'Byron')
    const after = { select_query: `select id from Deals where id > ${id}` }
    const next = await zoho.post('/crm/v8/coql', after)
    assert.lengthOf(next.rows, 1)
    assert.notEqual(next.rows[0].id, id)
    const one = await zoho.post('/crm/v8/coql', {
      select_query: 'select id from Deals where id is not null limit 1',
    })
    assert.isTrue(one.body.info.more_records)
  })

  test('it costs 1, 2 or 3 credits by its limit, and sees records at once', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { searchLagMs: 60_000 })
    await zoho.deals([deal(1)])
    const used = () => zoho.sim.stats().credits.used
    const ask = asker(zoho)
    for (const [limit, cost] of Object.entries({ 200: 1, 201: 2, 1000: 2, 1001: 3, 2000: 3 })) {
      const before = used()
      assert.equal(await ask(`Amount is null limit ${limit}`), 'R-1')
      assert.equal(used() - before, cost)
    }
  })
})
