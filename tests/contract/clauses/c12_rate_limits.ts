import assert from 'node:assert/strict'
import { ConnectorError } from '#sdk'
import { concernsWriters, type Clause } from '../stage.js'
import { batchOf, newContext, routesOf } from '../reach.js'

export const rateLimitClause: Clause = {
  number: 'C12',
  title: "the vendor's rate limit is told as such",
  concerns: concernsWriters,
  async verify(subject) {
    for (const writing of subject.stage.writing) {
      const { reached, routes } = await routesOf(subject, writing)
      for (const route of routes) {
        const batch = batchOf(writing, reached.stream, writing.records(3))
        await writing.limit()
        const ctx = newContext(subject)
        await assert.rejects(
          async () => (route.kind === 'call' ? route.send(ctx, batch) : route.submit(ctx, batch)),
          (error) => error instanceof ConnectorError && error.kind === 'rate_limited',
          `${route.name} is rate limited`
        )
      }
    }
  },
}
