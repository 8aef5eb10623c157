import { test } from '@japa/runner'
import fc from 'fast-check'
import type { RecordValues } from '#sdk'
import { compileFilter, fulfils } from '#engine/filter'
import { filterOfKeys } from '#engine/filter_of_keys'
import { keyOf } from '#engine/key'
import { pushDown } from '#engine/push_down'
import { stream } from './support/make_input.js'

const TABLE = {
  ...stream('t', [
    { name: 'id', type: 'integer', nullable: false },
    { name: 'shop', type: 'text' },
    { name: 'status', type: 'text' },
    { name: 'paid', type: 'boolean' },
    { name: 'total', type: 'decimal' },
    { name: 'count', type: 'integer' },
  ]),
  pushdown: ['=', '!=', '<', '<=', '>', '>=', 'in', 'all', 'any'] as const,
}
const STREAM = { ...TABLE, pushdown: [...TABLE.pushdown] }

const conditions = [
  'status == "draft"',
  'status != "draft"',
  'status == null',
  'status in ["draft", "paid"]',
  'id >= 3',
  'id < 3',
  'count > 2',
  'count == 2',
  'paid == true',
  'paid',
  'total == "1.50"',
  'status.startsWith("d")',
  'status > "d"',
]

const condition = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...conditions),
    fc
      .tuple(tie('any'), fc.constantFrom('&&', '||'), tie('any'))
      .map(([left, op, right]) => `(${left} ${op} ${right})`),
    tie('any').map((text) => `!(${text})`)
  ),
})).any

const record: fc.Arbitrary<RecordValues> = fc.record({
  id: fc.integer({ min: 0, max: 5 }),
  shop: fc.constant('a'),
  status: fc.constantFrom('draft', 'paid', 'Draft', '', null),
  paid: fc.constantFrom(true, false, null),
  total: fc.constantFrom('1.50', '1.5', null),
  count: fc.constantFrom(1, 2, 3, null),
})

test.group('filters', () => {
  test('the source never drops what the filter keeps or rejects', ({ assert }) => {
    let pushed = 0
    fc.assert(
      fc.property(condition, record, (text, values) => {
        const compiled = compileFilter(text, STREAM)
        if (!compiled.ok || !compiled.expression) throw new Error('It should compile')
        const filter = pushDown(compiled.expression.ast, STREAM)
        if (filter === null) return
        pushed++
        if (!fulfils(values, filter)) assert.isFalse(compiled.test(values))
      }),
      { numRuns: 2_000 }
    )
    assert.isAbove(pushed, 200)
  })

  test('text and decimals that a database compares in its own way stay here', ({ assert }) => {
    for (const text of ['total == "1.50"', 'status > "d"', 'count > 2', 'id == 1 || count > 2']) {
      const compiled = compileFilter(text, STREAM)
      const ast = compiled.ok ? compiled.expression?.ast : undefined
      assert.isNull(ast ? pushDown(ast, STREAM) : undefined, text)
    }
  })

  test('the records of a replay are found again by their keys', ({ assert }) => {
    const values = fc.array(record, { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(values, fc.constantFrom<string[][]>(['id'], ['id', 'status']), (records, key) => {
        const wanted = keyOf(records[0], key)
        const filter = filterOfKeys([wanted], { ...STREAM, key })
        for (const each of records) assert.equal(fulfils(each, filter), keyOf(each, key) === wanted)
      })
    )
  })
})
