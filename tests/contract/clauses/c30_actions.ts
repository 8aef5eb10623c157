import assert from 'node:assert/strict'
import { ConnectorError, type Action, type ActionInputs } from '#sdk'
import { contractContext } from '#tests/support/contract_context'
import type { Clause, Subject } from '../stage.js'

export const actionsClause: Clause = {
  number: 'C30',
  title: 'an action says what it lacks before it calls anybody',
  concerns: ({ actions = [] }) => actions.length > 0,
  async verify(subject) {
    const { actions = [] } = subject.connector
    const names = actions.map(({ name }) => name)
    assert.equal(new Set(names).size, names.length, 'actions have names of their own')
    for (const action of actions) {
      assert.match(action.help, /^\S.*\s.*\.$/s, `${action.name}: the help is a sentence`)
      for (const input of action.inputs.filter(({ required }) => required)) {
        await assertMissed(subject, action, input.name)
      }
    }
  },
}

/** All that an action takes, with values of their types. */
function filled({ inputs }: Action): ActionInputs {
  const values = { integer: 1, boolean: false, json: [{ id: '1', Name: 'a' }] }
  return Object.fromEntries(
    inputs.map((input) => {
      const some = Object.hasOwn(values, input.type) ? Reflect.get(values, input.type) : '1'
      return [input.name, input.default ?? input.choices?.[0] ?? some]
    })
  )
}

async function assertMissed({ connector, stage }: Subject, action: Action, missing: string) {
  const where = `${action.name} without ${missing}`
  const inputs = { ...filled(action), [missing]: null }
  const said = action.problems?.(inputs)[missing]
  if (said !== undefined) {
    assert.match(said, /^\S.*\s.*\.$/s, `${where}: "${said}" is a sentence`)
    return
  }
  const ctx = contractContext(stage.connection, stage.world)
  const calls: string[] = []
  const request = async ({ url }: { url: string }) => {
    calls.push(url)
    throw new Error(`${connector.title} called ${url}`)
  }
  const error: unknown = await action
    .run({ ...ctx, http: { request } }, inputs)
    .catch((caught: unknown) => caught)
  assert.deepEqual(calls, [], `${where} calls`)
  assert.ok(
    error instanceof ConnectorError && error.kind === 'config',
    `${where}: ${String(error)}`
  )
}
