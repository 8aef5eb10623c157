import { test } from '@japa/runner'
import { fieldFaults } from '#domain/connections/field_faults'
import { checkOptions } from '#engine/write_options'
import type { Action, ActionInput, ActionInputs, SettingField, Value } from '#sdk'
import { completeInputs } from '#workers/complete_inputs'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { dealStream } from './deal_batch.js'

/** Texts that may hold anything: Zoho alone knows what is in them. */
const FREE = ['page_token', 'term', 'title', 'content', 'file']
const SOUND: ActionInputs = {
  module: 'Leads',
  record_id: '1',
  related_list: 'Notes',
  ids: '1',
  path: '/Leads',
  fields: 'id',
  records: [{ id: '1', Last_Name: 'Lovelace' }],
  content: 'x',
  term: '(Last_Name:equals:Lovelace)',
  url: 'https://files.example/x',
}
const NONSENSE: Value[] = ['../x y', 'x,;\u0000', -3.5]

function saidOf(action: Action, { name }: ActionInput, value: Value) {
  const taken = action.inputs.map((each) => each.name)
  const given: ActionInputs = Object.fromEntries(
    Object.entries(SOUND).filter(([key]) => taken.includes(key))
  )
  if (action.name === 'query') given.query = 'select id from Leads where id > 1'
  const { inputs, problems } = completeInputs(action.inputs, { ...given, [name]: value })
  const own = Object.keys(problems).length > 0 ? problems : (action.problems?.(inputs) ?? {})
  return own[name]
}

const isSentence = (text: string | undefined) => /^.{8,}[.?!]$/s.test(text ?? '')

test.group('zoho_crm bad input', () => {
  for (const action of connector.actions ?? []) {
    for (const input of action.inputs) {
      test(`${action.name} says what is wrong with ${input.name}`, ({ assert }) => {
        for (const value of FREE.includes(input.name) ? [] : NONSENSE) {
          assert.isTrue(
            isSentence(saidOf(action, input, value)),
            `${JSON.stringify(value)}: ${saidOf(action, input, value)}`
          )
        }
        if (input.required && input.default === undefined)
          assert.isTrue(isSentence(saidOf(action, input, null)))
      })
    }
  }

  const faultsOf = (field: SettingField, value: Value) =>
    fieldFaults('settings', [field], { [field.name]: value })
  for (const field of connector.settings) {
    test(`the setting ${field.name} refuses nonsense`, ({ assert }) => {
      for (const value of ['../x y', 'x,;\n', 7, true]) {
        const [fault] = faultsOf(field, value)
        assert.match(fault?.says ?? '', /^must be .{5,}/, JSON.stringify(value))
      }
    })
  }

  test('each option of a service refuses nonsense', ({ assert }) => {
    const options = connector.discover?.writeOptions?.(dealStream) ?? []
    assert.isAbove(options.length, 8)
    for (const { name } of options) {
      const [problem] = checkOptions(options, { [name]: '../x y' })
      assert.equal(problem?.where, `target.options.${name}`)
      assert.isAbove(problem?.message.length ?? 0, 10)
    }
  })
})
