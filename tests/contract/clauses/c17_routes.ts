import assert from 'node:assert/strict'
import type { Route } from '#sdk'
import { concernsWriters, type Clause } from '../stage.js'
import { reach } from '../reach.js'

export const routesClause: Clause = {
  number: 'C17',
  title: 'the price of a route never falls as records are added, and asking changes nothing',
  concerns: concernsWriters,
  async verify(subject) {
    for (const writing of subject.stage.writing) {
      const { stream, access } = await reach(subject, writing.stream)
      const routes = access.routes?.(stream) ?? []
      const names = routes.map((route) => route.name)
      assert.ok(routes.length > 0)
      assert.equal(new Set(names).size, names.length, 'routes have names of their own')
      for (const route of routes) assertRoute(route)
    }
  },
}

function assertRoute(route: Route): void {
  assert.ok(Number.isInteger(route.maxRecords) && route.maxRecords > 0)
  assert.ok(Number.isInteger(route.concurrency) && route.concurrency > 0)
  for (const operation of route.idempotent) assert.ok(route.operations.includes(operation))
  let before = 0
  for (let records = 1; records <= route.maxRecords; records += records < 1000 ? 1 : 97) {
    const cost = route.cost(records)
    assert.ok(Number.isFinite(cost) && cost >= before, `${route.name}: ${records} cost ${cost}`)
    assert.equal(route.cost(records), cost, 'the price is the same when asked again')
    before = cost
  }
}
