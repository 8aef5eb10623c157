import { test } from '@japa/runner'
import fc from 'fast-check'
import { mapRecord } from '#engine/map_record'
import { Misfit, type Converted, type RecordFault } from '#engine/misfit'
import { prepare } from '#engine/prepare'
import { compileShape } from '#engine/shape'
import { transformPage } from '#engine/transform'
import type { Field, RecordValues } from '#sdk'
import { makeInput } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'

const AWKWARD = ['__proto__', 'constructor', '7', 'a"b', "a'b", 'a\\', '`${x}`', 'v0', 'source']
const name = fc.oneof(fc.string(), fc.constantFrom(...AWKWARD, '', 'a\u2028b', '*/ }', 'Misfit'))
const value: fc.Arbitrary<Converted> = fc.oneof(
  { weight: 8, arbitrary: fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)) },
  { weight: 1, arbitrary: fc.constant<Converted>(['a', { b: 1 }]) },
  { weight: 1, arbitrary: fc.constant(new Misfit('ODD', 'is odd', 'x')) }
)

/** Rows that read the value at their place. */
function mappingOf(names: string[]) {
  const rows = names.map((each, index) => ({
    field: { name: each } as Field,
    read: (source: RecordValues) => source[String(index)] as Converted,
  }))
  const shape = compileShape(rows.map(({ field, read }) => ({ name: field.name, read })))
  return { rows, shape }
}

/** What stands for the values, field by field. */
function plainly(names: string[], values: Converted[]): RecordValues {
  const entries = names.map((each, index) => [each, values[index]] as const)
  return Object.fromEntries(entries.filter(([, each]) => !(each instanceof Misfit))) as RecordValues
}

test.group('A record by its mapping', () => {
  test('holds each value under its name, in order, whatever the names are', ({ assert }) => {
    const rows = fc.uniqueArray(fc.tuple(name, value), { selector: ([each]) => each, maxLength: 9 })
    fc.assert(
      fc.property(rows, (pairs) => {
        const names = pairs.map(([each]) => each)
        const values = pairs.map(([, each]) => each)
        const faults: RecordFault[] = []
        const target = mapRecord(
          Object.fromEntries(values.entries()) as RecordValues,
          mappingOf(names),
          faults
        )
        const expected = plainly(names, values)
        assert.equal(JSON.stringify(target), JSON.stringify(expected))
        assert.deepEqual(Object.keys(target), Object.keys(expected))
        assert.strictEqual(Object.getPrototypeOf(target), Object.prototype)
        const wrong = names.filter((_, index) => values[index] instanceof Misfit)
        assert.deepEqual(
          faults.map(({ field }) => field),
          wrong
        )
      }),
      { numRuns: 2000 }
    )
  })

  test('is read once where nothing is at fault', ({ assert }) => {
    const asked: string[] = []
    const row = (each: string) => ({
      name: each,
      read: (source: RecordValues) => {
        asked.push(each)
        return source[each]
      },
    })
    const shape = compileShape([row('b'), row('a')])
    assert.deepEqual(shape({ a: 1, b: 2 }), { b: 2, a: 1 })
    assert.deepEqual(asked, ['b', 'a'])
  })

  test('says what is wrong with it, and has no hash then', ({ assert }) => {
    const parts = { source: memorySource([]), routes: [], ledger: new MemoryLedger() }
    const input = makeInput(parts)
    input.definition.mapping[1] = { to: 'Name', from: 'name', as: 'date' }
    const { transform } = prepare(input)
    const records = ['soon', '2026-11-20'].map((day, id) => ({ id, ref: `R${id}`, name: day }))
    const [wrong, sound] = transformPage(records, transform)
    assert.deepEqual(
      wrong.faults?.map(({ message, ...fault }) => fault),
      [{ code: 'NOT_A_DATE', field: 'Name', value: 'soon' }]
    )
    assert.equal(wrong.draft.hash, '')
    assert.deepEqual(wrong.draft.target, { Ref: 'R0' })
    assert.isNull(sound.faults)
    assert.equal(sound.draft.json, '{"Ref":"R1","Name":"2026-11-20"}')
  })
})
