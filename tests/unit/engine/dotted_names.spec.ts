import { test } from '@japa/runner'
import { compileFilter } from '#engine/filter'
import { compileMapping } from '#engine/compile_mapping'
import { pushDown } from '#engine/push_down'
import type { StreamDescription } from '#sdk'
import { DEALS, definition, stream } from './support/make_input.js'

const source: StreamDescription = {
  ...stream('Deals', [
    { name: 'id', type: 'text' },
    { name: 'Account_Name', type: 'lookup', lookup: 'Accounts' },
    { name: 'Account_Name.Phone', type: 'phone' },
  ]),
  pushdown: ['='],
}

const record = { 'id': '1', 'Account_Name': { id: '2' }, 'Account_Name.Phone': '555' }

test.group('Fields with a dot in their name', () => {
  test('are filtered by, pushed down and told as fields', ({ assert }) => {
    for (const [text, kept] of [
      ['Account_Name.Phone == "555"', true],
      ['Account_Name.Phone.startsWith("55") && Account_Name.id == "2"', true],
      ['Account_Name.Phone == "Account_Name.Phone"', false],
    ] as const) {
      const filter = compileFilter(text, source)
      if (!filter.ok) throw new Error(filter.message)
      assert.equal(filter.test(record), kept, text)
      assert.include(filter.expression?.fields ?? [], 'Account_Name.Phone')
    }
    const plain = compileFilter('Account_Name.Phone == "555"', source)
    const ast = plain.ok ? plain.expression?.ast : undefined
    assert.deepEqual(ast && pushDown(ast, source), {
      field: 'Account_Name.Phone',
      op: '=',
      value: '555',
    })
    const without = compileFilter('Account_Name.Phone == null', source)
    assert.isTrue(without.ok && without.test({ id: '1', Account_Name: null }))
  })

  test('stand in formulas like any other', ({ assert }) => {
    const formula = 'source.Account_Name.Phone + "!"'
    const service = definition('upsert')
    const mapping = [
      { to: 'Ref', from: 'id' },
      { to: 'Name', formula },
    ]
    const compiled = compileMapping({ ...service, mapping }, source, DEALS)
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems))
    assert.include(compiled.mapping.sourceFields, 'Account_Name.Phone')
  })
})
