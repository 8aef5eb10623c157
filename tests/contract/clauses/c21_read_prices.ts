import assert from 'node:assert/strict'
import { concernsRoutedReaders, type Clause } from '../stage.js'
import { newContext, queryOf, waysOf, reach, type Reached } from '../reach.js'

export const readPricesClause: Clause = {
  number: 'C21',
  title: 'the price of reading never falls as records are added, and their count is told',
  concerns: concernsRoutedReaders,
  async verify(subject) {
    for (const { stream } of subject.stage.reading) {
      const ways = await waysOf(subject, stream)
      const routes = ways.filter((way) => way.route)
      const names = routes.map(({ route }) => route?.name)
      assert.equal(new Set(names).size, names.length, 'ways to read have names of their own')
      for (const way of routes) assertPrice(way)
      const reached = await reach(subject, stream)
      const query = queryOf(reached, { fields: [] })
      const count = await reached.access.count?.(newContext(subject), reached.stream, query)
      assert.ok(count !== undefined, 'where there are several ways, records are counted')
      assert.ok(count === null || (Number.isSafeInteger(count) && count > 0), `${count} records`)
    }
  },
}

function assertPrice(reached: Reached): void {
  const { route } = reached
  if (!route) return
  const query = queryOf(reached, {})
  assert.ok(Number.isInteger(route.maxRecords) && route.maxRecords > 0)
  assert.equal(route.suits(query), route.suits(query))
  let before = 0
  for (let records = 1; records <= route.maxRecords; records += records < 1000 ? 1 : 997) {
    const cost = route.cost(records, query)
    assert.ok(Number.isFinite(cost) && cost >= before, `${route.name}: ${records} cost ${cost}`)
    assert.equal(route.cost(records, query), cost, 'the price is the same when asked again')
    before = cost
  }
}
