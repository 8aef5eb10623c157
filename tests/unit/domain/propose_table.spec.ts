import { test } from '@japa/runner'
import fc from 'fast-check'
import { newStreamOf, proposeTable, rowsOfTable } from '#domain/services/propose_table'
import type { Field, StreamDescription } from '#sdk'

const streamOf = (fields: Field[], name = 'Contacts'): StreamDescription => ({
  ...{ name, title: name, key: [fields[0].name], fields },
  ...{ readable: true, writable: false, cursors: [], pushdown: [] },
})

test.group('A table that is proposed', () => {
  test('has names that no database quotes, and says what they stand for', ({ assert }) => {
    const source = streamOf([
      { name: 'id', type: 'text', unique: true, readOnly: true },
      { name: 'Größe in cm', type: 'integer', mandatory: true },
      { name: 'firstName', label: 'First name', type: 'text', maxLength: 40 },
      { name: '2nd', type: 'boolean' },
      { name: '名前', type: 'text' },
      { name: 'Account', type: 'lookup', lookup: 'Accounts' },
      { name: 'Account.City', type: 'text' },
    ])
    const table = proposeTable(source, ['contacts', 'Contacts_2'])
    assert.equal(table.name, 'contacts_3')
    const names = table.columns.map(({ name }) => name)
    assert.deepEqual(names, ['id', 'grosse_in_cm', 'first_name', 'field_2nd', 'field', 'account'])
    const made = newStreamOf(source, table)
    assert.deepEqual(made.key, ['id'])
    assert.isFalse(
      made.fields.some(({ mandatory, readOnly, unique }) => mandatory || readOnly || unique)
    )
    assert.containSubset(made.fields[2], { label: 'First name', type: 'text', maxLength: 40 })
    assert.deepEqual(rowsOfTable(source, table).at(-1), {
      to: 'account',
      from: 'Account',
      as: 'lookup',
    })
  })

  test('has no two names alike, whatever the source calls its fields', ({ assert }) => {
    const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 90, unit: 'grapheme' }), {
      minLength: 1,
    })
    fc.assert(
      fc.property(names, (fields) => {
        const source = streamOf(
          fields.map((name) => ({ name, type: 'text' })),
          fields[0]
        )
        const { name, columns } = proposeTable(source, [])
        const all = columns.map((column) => column.name)
        assert.equal(new Set(all).size, all.length)
        for (const each of [name, ...all]) assert.match(each, /^[a-z][a-z0-9_]{0,62}$/)
      })
    )
  })
})
