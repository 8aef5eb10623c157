import { test } from '@japa/runner'
import { hostileSubject } from '#tests/support/hostile_subject'
import { allClauses } from './clauses/all_clauses.js'

test.group('The contract suite can fail', () => {
  for (const clause of allClauses) {
    test(`${clause.number} holds for a connector that keeps it`, async ({ cleanup }) => {
      const subject = await hostileSubject(null)
      cleanup(() => subject.stage.close())
      await clause.verify(subject)
    })

    test(`${clause.number} notices when it is broken`, async ({ assert, cleanup }) => {
      const subject = await hostileSubject(clause.number)
      cleanup(() => subject.stage.close())
      await assert.rejects(() => clause.verify(subject))
    })
  }
})
