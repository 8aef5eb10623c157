import { test } from '@japa/runner'
import { deal, openSimulator, range, statusOf, type SimulatorClient } from './open_simulator.js'

function searcher(zoho: SimulatorClient) {
  return async (criteria: string, more = '') => {
    const query = `criteria=${encodeURIComponent(criteria)}${more}`
    const { status, rows, body } = await zoho.get(`/crm/v8/Deals/search?${query}`)
    if (status === 400) return String(body.code)
    return rows.map(({ Order_Ref: ref }) => String(ref)).join(' ')
  }
}

test.group('Zoho simulator: search', () => {
  test('equals on a text is a contains, brackets join criteria', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const day = (at: number) => `2026-01-0${at}T10:00:00+00:00`
    await zoho.deals(
      [1, 2, 11].map((n, at) => deal(n, { Amount: n, Ordered_At: day(at + 1), Is_Gift: n === 2 }))
    )
    const find = searcher(zoho)
    const cases: [string, string][] = [
      ['(Order_Ref:equals:r-1)', 'R-1 R-11'],
      ['(Order_Ref:starts_with:R-2)', 'R-2'],
      ['(Amount:between:2,11)', 'R-2 R-11'],
      ['(Amount:in:1,2)', 'R-1 R-2'],
      ['(Is_Gift:equals:true)', 'R-2'],
      ['(Ordered_At:greater_than:2026-01-02T15:29:59+05:30)', 'R-2 R-11'],
      ['((Order_Ref:equals:R-1)and(Amount:less_than:5))', 'R-1'],
      ['((Amount:equals:1)or((Amount:equals:2)and(Is_Gift:equals:false)))', 'R-1'],
      [`(Deal_Name:equals:Order 11)`, 'R-11'],
      ['(Order_Ref:greater_than:R)', 'INVALID_QUERY'],
      ['(Nothing:equals:1)', 'INVALID_QUERY'],
      ['(Order_Ref:equals:)', 'INVALID_QUERY'],
      ['(Order_Ref:equals:a,b)', 'INVALID_QUERY'],
      ['Amount:equals:1', 'INVALID_QUERY'],
      ['(Amount:equals:1', 'INVALID_QUERY'],
      [
        range(11)
          .map((n) => `(Amount:equals:${n})`)
          .join('or'),
        'INVALID_QUERY',
      ],
    ]
    for (const [criteria, found] of cases) assert.equal(await find(criteria), found, criteria)
    assert.equal(await find('(Amount:greater_than:0)', '&page=11'), 'LIMIT_REACHED')
  })

  test('brackets and commas in a value are escaped', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    await zoho.deals([deal(1, { Deal_Name: 'Tea (green), 1kg' })])
    const find = searcher(zoho)
    assert.equal(await find(String.raw`(Deal_Name:equals:Tea \(green\)\, 1kg)`), 'R-1')
    assert.equal(await find('(Deal_Name:equals:Tea (green), 1kg)'), 'INVALID_QUERY')
  })

  test('email is exact, word looks everywhere, one of them is needed', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const mail = { Customer_Email: 'ann@example.com', Phone_Number: '+49 (221) 12' }
    await zoho.deals([deal(1, mail)])
    const search = (query: string) => zoho.get(`/crm/v8/Deals/search?${query}`)
    assert.equal(await statusOf(search('email=ann@example.co')), 204)
    assert.equal(await statusOf(search('email=ANN@example.com')), 200)
    assert.equal(await statusOf(search('phone=4922112')), 200)
    assert.equal(await statusOf(search('word=example')), 200)
    const { body } = await search('fields=id')
    assert.equal(body.code, 'EXPECTED_PARAM_MISSING')
  })

  test('a fresh record is found only when the index has caught up', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { searchLagMs: 60_000 })
    await zoho.deals([deal(1)])
    const find = searcher(zoho)
    assert.equal(await find('(Order_Ref:equals:R-1)'), '')
    zoho.sim.advance(61)
    assert.equal(await find('(Order_Ref:equals:R-1)'), 'R-1')
  })

  test('a changed record is found by what it was until the index has caught up', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const { rows } = await zoho.deals([deal(1)])
    zoho.sim.faults([{ match: { path: '/Deals' }, kind: 'late_index', ms: 60_000 }])
    const find = searcher(zoho)
    const { id } = rows[0].details
    const change = async (ref: string) => {
      await zoho.put(`/crm/v8/Deals/${String(id)}`, { data: [{ Order_Ref: ref }] })
    }
    await change('X-5')
    await change('X-6')
    assert.equal(await find('(Order_Ref:equals:R-1)'), 'X-6')
    assert.equal(await find('(Order_Ref:equals:X-6)'), '')
    zoho.sim.advance(61)
    assert.equal(await find('(Order_Ref:equals:X-6)'), 'X-6')
    assert.equal(await find('(Order_Ref:equals:R-1)'), '')
  })

  test('an operator must fit the type of its field', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    await zoho.deals([deal(1, { Amount: 5, Is_Gift: true, Order_Notes: 'tea, (two)' })])
    const status = (criteria: string) =>
      statusOf(zoho.get(`/crm/v8/Deals/search?criteria=${encodeURIComponent(criteria)}`))
    const cases: [string, number][] = [
      ['(Order_Notes:starts_with:tea\\, \\(two\\))', 200],
      ['(Order_Notes:in:tea)', 400],
      ['(Stage:starts_with:Q)', 400],
      ['(Stage:in:Qualification,Closed)', 200],
      ['(Amount:between:4,5)', 200],
      ['(Amount:between:4)', 400],
      ['(Amount:starts_with:5)', 400],
      ['(Is_Gift:equals:true)', 200],
      ['(Is_Gift:in:true)', 400],
      [`(Order_Ref:in:${range(101).join(',')})`, 400],
    ]
    for (const [criteria, expected] of cases) {
      assert.equal(await status(criteria), expected, criteria)
    }
    const items = '(Visit_Items:equals:x)'
    const odd = await zoho.get(`/crm/v8/Shop_Visits/search?criteria=${items}`)
    assert.equal(odd.body.code, 'INVALID_QUERY')
  })
})
