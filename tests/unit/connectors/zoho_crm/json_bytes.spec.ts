import { test } from '@japa/runner'
import fc from 'fast-check'
import { jsonBytes } from '../../../../plugins/connectors/zoho_crm/write/json_bytes.js'

const letters = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', '\ud800'), maxLength: 60 })
)

test.group('What a call carries', () => {
  test('is its records between head and tail, in UTF-8', ({ assert }) => {
    const records = fc.array(fc.dictionary(letters, letters).map((each) => JSON.stringify(each)))
    fc.assert(
      fc.property(fc.string(), records, fc.string(), (head, all, tail) => {
        const bytes = jsonBytes(head, all, tail)
        assert.deepEqual(bytes, Buffer.from(`${head}${all.join(',')}${tail}`))
      })
    )
  })

  test('holds a long record among short ones, of letters of any width', ({ assert }) => {
    for (const letter of ['a', 'é', '€', '😀']) {
      const all = ['{}', JSON.stringify({ text: letter.repeat(5_000) }), '{}']
      const bytes = jsonBytes('[', [...all, ...all], ']')
      assert.deepEqual(
        JSON.parse(bytes.toString()),
        [...all, ...all].map((each) => JSON.parse(each))
      )
    }
  })
})
