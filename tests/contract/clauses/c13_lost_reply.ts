import assert from 'node:assert/strict'
import { ConnectorError } from '#sdk'
import { concernsWriters, type Clause } from '../stage.js'
import { batchOf, newContext, routesOf } from '../reach.js'

export const lostReplyClause: Clause = {
  number: 'C13',
  title: 'a lost reply is no failure: the vendor may have done it',
  concerns: concernsWriters,
  async verify(subject) {
    for (const writing of subject.stage.writing) {
      const { reached, routes } = await routesOf(subject, writing)
      for (const route of routes) {
        if (route.kind !== 'call') continue
        const batch = batchOf(writing, reached.stream, writing.records(3))
        await writing.loseReply()
        await assert.rejects(
          () => route.send(newContext(subject), batch),
          (error) =>
            error instanceof ConnectorError &&
            error.kind === 'transient' &&
            error.delivered === 'unknown',
          `${route.name}: transient, delivered unknown`
        )
      }
    }
  },
}
