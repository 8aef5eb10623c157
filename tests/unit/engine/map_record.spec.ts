import { test } from '@japa/runner'
import fc from 'fast-check'
import { mapRecord } from '#engine/map_record'
import { Misfit, type Converted, type RecordFault } from '#engine/misfit'
import { prepare } from '#engine/prepare'
import { compileShape } from '#engine/shape'
import { transformPage } from '#engine/transform'
import type { Field, MappingRow, RecordValues } from '#sdk'
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

interface Given {
  name: string
  /** Its name in the source. */
  from: string
  value: Converted
  isCopied: boolean
}

/** Rows that read the value they are given. */
function mappingOf(given: Given[]) {
  const rows = given.map(({ name: each, from, isCopied }) => ({
    field: { name: each } as Field,
    read: (source: RecordValues) => source[from] as Converted,
    copies: isCopied ? from : null,
  }))
  const shape = compileShape(rows.map(({ field, ...row }) => ({ name: field.name, ...row })))
  return { rows, shape }
}

/** What stands for the values, field by field. */
function plainly(names: string[], values: Converted[]): RecordValues {
  const entries = names.map((each, index) => [each, values[index]] as const)
  return Object.fromEntries(entries.filter(([, each]) => !(each instanceof Misfit))) as RecordValues
}

/** What a row may do with a value of the source. */
const DOINGS: Array<Partial<MappingRow>> = [
  ...[{}, { default: 'none' }, { check: { maxLength: 3 } }],
  ...[{ table: { a: 'b' } }, { table: { a: 'b' }, default: 'z' }],
  { clean: ['trim'] },
  { as: 'date' },
  { as: 'text' },
]

test.group('A record by its mapping', () => {
  test('holds each value under its name, in order, whatever the names are', ({ assert }) => {
    const row = fc.record({ name, from: name, value, isCopied: fc.boolean() })
    const rows = fc.uniqueArray(row, {
      comparator: (one, other) => one.name === other.name || one.from === other.from,
      maxLength: 9,
    })
    fc.assert(
      fc.property(rows, (given) => {
        const names = given.map((each) => each.name)
        const values = given.map((each) => each.value)
        const source = Object.fromEntries(given.map((each) => [each.from, each.value]))
        const faults: RecordFault[] = []
        const target = mapRecord(source as RecordValues, mappingOf(given), faults)
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
    const row = (each: string, copies: string | null = null) => ({
      name: each,
      copies,
      read: (source: RecordValues) => {
        asked.push(each)
        return source[each]
      },
    })
    const shape = compileShape([row('b'), row('a')])
    assert.deepEqual(shape({ a: 1, b: 2 }), { b: 2, a: 1 })
    assert.deepEqual(asked, ['b', 'a'])
  })

  test('takes a text that is copied from the source itself', ({ assert }) => {
    const asked: unknown[] = []
    const read = ({ from }: RecordValues) => {
      asked.push(from)
      return 'read'
    }
    const shape = compileShape([{ name: 'to', read, copies: 'from' }])
    assert.deepEqual(shape({ from: 'text' }), { to: 'text' })
    assert.deepEqual(asked, [])
    for (const from of ['', null, 0, true, ['text']]) {
      assert.deepEqual(shape({ from }), { to: 'read' })
    }
    assert.deepEqual(asked, ['', null, 0, true, ['text']])
  })

  test('is the same all at once and row by row, whatever the rows do', ({ assert }) => {
    const doing = fc.constantFrom(...DOINGS)
    const given = fc.oneof(
      fc.string(),
      fc.constantFrom('a', ' a ', '2026-11-20', '', null, 7, true)
    )
    fc.assert(
      fc.property(doing, given, (row, written) => {
        const parts = { source: memorySource([]), routes: [], ledger: new MemoryLedger() }
        const input = makeInput(parts)
        input.definition.mapping[1] = { to: 'Name', from: 'name', ...row }
        const { mapping } = prepare(input).transform
        const source = { id: 1, ref: 'R1', name: written }
        const all = mapping.shape(source)
        const each = mapping.rows.map(({ field, read }) => [field.name, read(source)] as const)
        const isFaulty = each.some(([, result]) => result instanceof Misfit)
        assert.deepEqual(all, isFaulty ? null : Object.fromEntries(each))
      }),
      { numRuns: 1000 }
    )
  })

  test('holds a text that was put together whole', ({ assert }) => {
    const parts = { source: memorySource([]), routes: [], ledger: new MemoryLedger() }
    const input = makeInput(parts)
    input.definition.mapping[1] = { to: 'Name', formula: 'source.name + " of " + source.name' }
    const { mapping } = prepare(input).transform
    for (const written of [
      '',
      'a',
      'Ada Lovelace',
      'a\u0000b and more',
      '\u0000'.repeat(9),
      'é😀',
    ]) {
      const made = mapping.shape({ id: 1, ref: 'R1', name: written })
      assert.equal(made?.Name, `${written} of ${written}`)
    }
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
