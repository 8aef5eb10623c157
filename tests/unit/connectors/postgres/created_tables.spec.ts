import { test } from '@japa/runner'
import type { Field, RecordValues } from '#sdk'
import { postgresMissing } from '#tests/support/postgres'
import { GivenDatabase } from './given_database.js'

const missing = postgresMissing()

const FIELDS: Field[] = [
  { name: 'id', type: 'text', unique: true },
  { name: 'Deal Name', label: 'Name of the deal', type: 'text', maxLength: 120, mandatory: true },
  { name: 'notes', type: 'text', maxLength: 32000 },
  { name: 'amount', type: 'decimal', maxDigits: 16, maxScale: 2 },
  { name: 'rate', type: 'decimal' },
  { name: 'count', type: 'integer' },
  { name: 'big', type: 'integer', maxDigits: 30 },
  { name: 'won', type: 'boolean' },
  { name: 'closing', type: 'date' },
  { name: 'changed', type: 'datetime' },
  { name: 'stage', type: 'picklist', values: ['new', 'won'], closed: true },
  { name: 'tags', type: 'multipicklist', values: ['a', 'b'] },
  { name: 'mail', type: 'email', unique: true },
  { name: 'site', type: 'url' },
  { name: 'account', type: 'lookup', lookup: 'Accounts' },
  { name: 'lines', type: 'json' },
]

const RECORD: RecordValues = {
  'id': '5725767000000001',
  'Deal Name': 'O\'Neil \\ "Zoë" 😀',
  'notes': 'x'.repeat(20_000),
  'amount': '12.50',
  'rate': '0.1234567891',
  'count': 7,
  'big': '123456789012345678901234567890',
  'won': true,
  'closing': '2026-02-28',
  'changed': '2026-03-29T03:30:00.5+02:00',
  'stage': 'won',
  'tags': ['b', 'a'],
  'mail': 'ann@example.com',
  'site': 'https://example.com/',
  'account': { id: '42' },
  'lines': [{ product: 'x', quantity: 2 }],
}

test.group('postgres makes tables', (group) => {
  let given: GivenDatabase

  group.tap((each) => each.skip(missing !== null, missing ?? ''))
  group.each.setup(async () => {
    given = await GivenDatabase.open('')
    return () => given.close()
  })

  test('a table takes each type, and holds what was written', async ({ assert }) => {
    const stream = await given.create({ name: 'deals', fields: FIELDS, key: ['id'] })
    assert.deepEqual(stream.key, ['id'])
    assert.isTrue(stream.writable)
    const unique = stream.fields.filter((field) => field.unique).map((field) => field.name)
    assert.deepEqual(unique, ['id', 'mail'])
    assert.isTrue(stream.fields.find(({ name }) => name === 'Deal Name')?.mandatory)

    const match = { by: 'fields' as const, fields: ['id'] }
    const write = () => given.write('deals', 'upsert', { match, records: [RECORD] })
    const state = 'created'
    assert.deepEqual(await write(), [{ index: 0, state, id: String(RECORD.id) }])
    assert.deepEqual(await given.read('deals'), [
      {
        ...RECORD,
        rate: '0.1234567891',
        changed: '2026-03-29T01:30:00.500000Z',
        account: '42',
      },
    ])
    const again = await write()
    assert.equal(again[0].state, 'unchanged')
  })

  test('without a key the server numbers the rows', async ({ assert }) => {
    const fields: Field[] = [{ name: 'a', type: 'integer' }]
    const stream = await given.create({ name: 'keyless', fields, key: [] })
    assert.deepEqual(stream.key, ['id'])
    const match = { by: 'id' as const }
    const outcomes = await given.write('keyless', 'insert', {
      match,
      records: [{ a: 1 }, { a: 2 }],
    })
    assert.deepEqual(
      outcomes.map((outcome) => 'id' in outcome && outcome.id),
      ['1', '2']
    )
  })

  test('what cannot be made is told in a sentence', async ({ assert }) => {
    const fields: Field[] = [{ name: 'a', type: 'integer' }]
    await given.create({ name: 'taken', fields, key: ['a'] })
    const refused: Array<[string, Field[], RegExp]> = [
      ['taken', fields, /has a table named taken already/],
      ['', fields, /cannot be a name/],
      ['x'.repeat(64), fields, /1 to 63 bytes/],
      ['t', [...fields, { name: 'a', type: 'text' }], /Two columns cannot be named a/],
      ['t', [{ name: 'b', type: 'text' }], /key a is not among the fields/],
    ]
    for (const [name, columns, message] of refused) {
      await assert.rejects(() => given.create({ name, fields: columns, key: ['a'] }), message)
    }
  })
})
