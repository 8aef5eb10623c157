import assert from 'node:assert/strict'
import { contractContext } from '#tests/support/contract_context'
import { concernsAll, type Clause, type Subject, type WrongConnection } from '../stage.js'
import { newContext } from '../reach.js'

export const checkClause: Clause = {
  number: 'C3',
  title: 'check says ok, or in a sentence which setting is wrong',
  concerns: concernsAll,
  async verify(subject) {
    const good = await subject.connector.check(newContext(subject))
    assert.equal(good.ok, true, good.message)
    assert.ok(good.message)
    assert.ok(subject.stage.wrong.length > 0, 'the fixture knows wrong connections')
    for (const wrong of subject.stage.wrong) await assertWrong(subject, wrong)
  },
}

async function assertWrong({ connector, stage }: Subject, wrong: WrongConnection): Promise<void> {
  const connection = {
    settings: { ...stage.connection.settings, ...wrong.settings },
    secrets: { ...stage.connection.secrets, ...wrong.secrets },
  }
  const ctx = contractContext(connection, stage.world)
  const answer = await connector.check(ctx)
  assert.ok(!answer.ok, `${wrong.title} is noticed`)
  assert.match(answer.message, /^\S.*\s.*\.$/s, `${wrong.title}: the message is a sentence`)
  assert.equal(answer.field, wrong.field, `${wrong.title}: ${answer.message}`)
  for (const secret of Object.values(connection.secrets)) {
    assert.ok(secret === '' || !answer.message.includes(secret), `${wrong.title}: a secret is told`)
  }
  assert.equal(await ctx.leftOpen(), 0, `${wrong.title}: a connection is left open`)
}
