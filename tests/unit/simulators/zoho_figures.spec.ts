import { test } from '@japa/runner'
import { deal, openSimulator, range, type SimulatorClient } from './open_simulator.js'

const stages: [number, string, number | undefined][] = [
  [1, 'Qualification', 10],
  [2, 'Qualification', 20],
  [3, 'Closed Won', 30],
  [4, 'Closed Won', undefined],
]

const coql = (zoho: SimulatorClient, query: string) =>
  zoho.post('/crm/v8/coql', { select_query: query })

async function fill(zoho: SimulatorClient) {
  const sent = stages.map(([number, stage, amount]) =>
    deal(number, { Stage: stage, Amount: amount })
  )
  const { rows } = await zoho.deals(sent)
  return rows.map(({ details }) => String(details.id))
}

async function viewsOf(zoho: SimulatorClient, module: string) {
  const { body } = await zoho.get(`/crm/v8/settings/custom_views?module=${module}`)
  const views = body.custom_views as unknown as Record<string, string>[]
  return new Map(views.map(({ system_name: name, id }) => [name, id]))
}

test.group('Zoho simulator: figures', () => {
  test('figures are taken over all rows or by group', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    await fill(zoho)
    const all = await coql(
      zoho,
      'select COUNT(id), SUM(Amount), MIN(Amount), MAX(Amount), AVG(Amount) as mean ' +
        'from Deals where id is not null'
    )
    assert.deepEqual(all.rows.map(Object.entries), [
      [
        ['COUNT(id)', 4],
        ['SUM(Amount)', 60],
        ['MIN(Amount)', 10],
        ['MAX(Amount)', 30],
        ['mean', 20],
      ],
    ] as unknown as never[])
    const grouped = await coql(
      zoho,
      'select Stage, COUNT(id) as deals, SUM(Amount) from Deals where id is not null ' +
        'group by Stage order by SUM(Amount) desc, Stage desc limit 1'
    )
    assert.deepEqual(grouped.rows, [
      { 'Stage': 'Qualification', 'deals': 2, 'SUM(Amount)': 30 },
    ] as unknown as never[])
    assert.isTrue(grouped.body.info.more_records)
  })

  test('what is no figure, no alias or too much is refused', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    await fill(zoho)
    const end = 'from Deals where id is not null'
    const many = (count: number, column: string) =>
      range(count)
        .map(() => column)
        .join(', ')
    const cases: [string, string][] = [
      [`select Stage, COUNT(id) ${end}`, 'INVALID_QUERY'],
      [`select SUM(Stage) ${end}`, 'INVALID_QUERY'],
      [`select sum(Amount) ${end}`, 'SYNTAX_ERROR'],
      [`select Amount as 5 ${end}`, 'INVALID_ALIAS'],
      [`select Amount as a, Stage as a ${end}`, 'DUPLICATE_ALIAS'],
      [`select ${many(51, 'Amount')} ${end}`, 'LIMIT_EXCEEDED'],
      [`select ${many(6, 'COUNT(id)')} ${end}`, 'LIMIT_EXCEEDED'],
      [`select COUNT(id) ${end} group by ${many(5, 'Stage')}`, 'LIMIT_EXCEEDED'],
      [`select Stage ${end} order by ${many(11, 'Stage')}`, 'LIMIT_EXCEEDED'],
      [`select Stage from Deals#1 where id is not null`, 'INVALID_DATA'],
    ]
    for (const [query, code] of cases) {
      const { status, body } = await coql(zoho, query)
      assert.deepEqual([status, String(body.code)], [400, code], query)
    }
    const { body } = await coql(zoho, 'select id\nfrom Deals whence id is not null')
    const details = { clause: 'where', near: 'whence id is not nul', line: 2, column: 12 }
    assert.deepEqual(body.details, details as unknown as never)
  })

  test('aliases, views and lookups to several modules', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const ids = await fill(zoho)
    const views = await viewsOf(zoho, 'Deals')
    const won = `Deals#${views.get('WONDEALS')}`
    const { rows } = await coql(
      zoho,
      `select Order_Ref as ref from ${won} where id is not null order by ref desc`
    )
    assert.deepEqual(
      rows.map(({ ref }) => String(ref)),
      ['R-4', 'R-3']
    )
    const list = await zoho.get(`/crm/v8/Deals?fields=Stage&cvid=${views.get('WONDEALS')}`)
    assert.lengthOf(list.rows, 2)
    const both = await zoho.get(
      `/crm/v8/Deals?fields=Stage&sort_by=id&cvid=${views.get('MYVIEWS')}`
    )
    assert.equal(both.body.code, 'AMBIGUITY_DURING_PROCESSING')
    const parent = { id: ids[0], module: { api_name: 'Deals' } }
    await zoho.post('/crm/v8/Notes', { data: [{ Note_Content: 'x', Parent_Id: parent }] })
    const notes = await coql(
      zoho,
      `select 'Parent_Id->Deals.Order_Ref' from Notes where 'Parent_Id->Deals.Amount' = 10`
    )
    assert.equal(notes.rows[0]['Parent_Id->Deals.Order_Ref'], 'R-1')
  })

  test('keyset pages by time and id show each record once', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    for (const number of range(6)) {
      await zoho.deals([deal(number), deal(number + 10)])
      if (number % 2 === 0) zoho.sim.advance(2)
    }
    await zoho.deals([deal(1)])
    const walk = async (where: (last: Record<string, string>) => string, order: string) => {
      const seen: string[] = []
      let last: Record<string, string> = { id: '0', Modified_Time: '2000-01-01T00:00:00+00:00' }
      for (;;) {
        const query = `select Order_Ref, Modified_Time from Deals where ${where(last)} ${order} limit 2`
        const { status, rows } = await coql(zoho, query)
        if (status === 204) return seen
        seen.push(...rows.map(({ Order_Ref: ref }) => String(ref)))
        last = rows.at(-1) as unknown as Record<string, string>
      }
    }
    const byId = await walk(({ id }) => `id > '${id}'`, 'order by id asc')
    assert.deepEqual(
      byId,
      range(6).flatMap((number) => [`R-${number}`, `R-${number + 10}`])
    )
    const { rows: either } = await coql(
      zoho,
      `select Order_Ref from Deals where (Order_Ref like '%R-11%' or id > '${'9'.repeat(19)}')`
    )
    assert.lengthOf(either, 1)
    const byTime = await walk(
      ({ id, Modified_Time: at }) =>
        `(Modified_Time > '${at}' or (Modified_Time = '${at}' and id > '${id}'))`,
      'order by Modified_Time, id'
    )
    assert.lengthOf(new Set(byTime), 12)
    assert.lengthOf(byTime, 12)
    assert.equal(byTime.at(-1), 'R-1', 'it was changed last')
  })

  test('a bound leaves out no record that fits', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const { rows } = await zoho.deals(range(9).map((number) => deal(number)))
    for (const { details } of rows) {
      const id = String(details.id)
      const found = await coql(zoho, `select id from Deals where id >= '${id}' limit 1`)
      assert.equal(found.rows[0].id, id)
    }
  })
})
