import { test } from '@japa/runner'
import fc from 'fast-check'
import { proposeMapping } from '#domain/services/propose_mapping'
import type { Field, FieldType } from '#sdk'

const field = (name: string, type: FieldType = 'text', more: Partial<Field> = {}): Field => ({
  name,
  type,
  ...more,
})
const stream = (name: string, ...fields: Field[]) => ({ name, fields })
const pairs = (rows: Array<{ to: string; from?: string }>) =>
  rows.map(({ to, from }) => `${from} → ${to}`)

const TYPES: FieldType[] = ['text', 'integer', 'decimal', 'boolean', 'date', 'datetime', 'lookup']
const WORDS = ['email', 'Mail', 'first', 'name', 'order', 'total', 'Amount', 'date', 'phone', 'x']
const fields = fc.uniqueArray(
  fc
    .record({
      words: fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }),
      type: fc.constantFrom(...TYPES),
      readOnly: fc.boolean(),
      mandatory: fc.boolean(),
    })
    .map(({ words, ...rest }) => ({ name: words.join('_'), ...rest })),
  { selector: ({ name }) => name, maxLength: 12 }
)

test.group('A proposed mapping', () => {
  test('knows {from} as {to}')
    .with([
      { from: 'email', to: 'Email' },
      { from: 'customer_email', to: 'Customer_Email' },
      { from: 'eMail', to: 'E-Mail' },
      { from: 'mail_address', to: 'Email' },
      { from: 'vorname', to: 'First_Name' },
      { from: 'surname', to: 'Last_Name' },
      { from: 'tel', to: 'Phone' },
      { from: 'total', to: 'Amount' },
      { from: 'postcode', to: 'Zip' },
      { from: 'orderNumber', to: 'Order_Ref' },
    ])
    .run(({ assert }, { from, to }) => {
      const rows = proposeMapping(
        stream('orders', field('unlike'), field(from)),
        stream('Deals', field('Other'), field(to)),
        []
      )
      assert.deepEqual(pairs(rows), [`${from} → ${to}`])
    })

  test('uses the name that people see', ({ assert }) => {
    const target = stream('Contacts', field('CF_17', 'email', { label: 'Private mail' }))
    const rows = proposeMapping(stream('people', field('private_email')), target, [])
    assert.deepEqual(pairs(rows), ['private_email → CF_17'])
  })

  test('leaves out what cannot be written and what types forbid', ({ assert }) => {
    const source = stream('a', field('email'), field('owner'), field('meta', 'json'))
    const target = stream(
      'b',
      field('email', 'email', { readOnly: true }),
      field('owner', 'lookup'),
      field('meta', 'decimal')
    )
    assert.deepEqual(proposeMapping(source, target, []), [])
  })

  test('takes no id of a record to another account', ({ assert }) => {
    const owner = stream('a', field('owner', 'lookup'))
    assert.deepEqual(proposeMapping(owner, owner, []), [])
    assert.lengthOf(proposeMapping(owner, owner, [], { isSameAccount: true }), 1)
  })

  test('prefers the closer name to the first', ({ assert }) => {
    const source = stream('orders', field('billing_city'), field('shipping_city'))
    const target = stream('Deals', field('Shipping_City'), field('Billing_City'))
    assert.deepEqual(pairs(proposeMapping(source, target, [])), [
      'shipping_city → Shipping_City',
      'billing_city → Billing_City',
    ])
  })

  test('prefers the same word to one that means the same', ({ assert }) => {
    const source = stream('orders', field('status'), field('number'))
    const target = stream('Deals', field('Stage'), field('Order_Status'), field('Order_Ref'))
    assert.deepEqual(pairs(proposeMapping(source, target, [])), [
      'status → Order_Status',
      'number → Order_Ref',
    ])
  })

  test('keeps to what is mapped', ({ assert }) => {
    const source = stream('a', field('email'), field('mail'))
    const target = stream('b', field('Email'), field('Mail_Address'))
    const rows = proposeMapping(source, target, [{ to: 'Email', from: 'email' }])
    assert.deepEqual(pairs(rows), ['mail → Mail_Address'])
  })

  test('never gives a target two sources, nor uses one twice, whatever the names', ({ assert }) => {
    fc.assert(
      fc.property(fields, fields, fc.integer({ min: 0, max: 3 }), (from, to, kept) => {
        const mapping = to.slice(0, kept).map(({ name }) => ({ to: name, value: 1 }))
        const rows = proposeMapping({ name: 's', fields: from }, { name: 't', fields: to }, mapping)
        const targets = [...mapping, ...rows].map((row) => row.to)
        assert.lengthOf(new Set(targets), targets.length)
        assert.lengthOf(new Set(rows.map((row) => row.from)), rows.length)
        for (const row of rows) {
          assert.exists(from.find(({ name }) => name === row.from))
          assert.isFalse(to.find(({ name }) => name === row.to)?.readOnly)
        }
      })
    )
  })

  test('maps a stream onto itself', ({ assert }) => {
    fc.assert(
      fc.property(fields, (all) => {
        const same = { name: 'same', fields: all.map((each) => ({ ...each, readOnly: false })) }
        const rows = proposeMapping(same, same, [], { isSameAccount: true })
        const exact = rows.filter(({ to, from }) => to === from).length
        assert.isAtLeast(exact, rows.length === 0 ? 0 : 1)
        assert.lengthOf(rows, all.length)
      })
    )
  })
})
