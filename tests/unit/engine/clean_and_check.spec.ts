import { test } from '@japa/runner'
import fc from 'fast-check'
import type { MappingRow } from '#sdk'
import { compileMapping } from '#engine/compile_mapping'
import { Misfit } from '#engine/misfit'
import { definition, stream } from './support/make_input.js'

const SOURCE = stream('people', [{ name: 'v', type: 'json' }])
const TARGET = stream('Contacts', [{ name: 'V', type: 'json' }])

function compiled(row: Partial<MappingRow>) {
  const service = { ...definition('upsert'), mapping: [{ to: 'V', from: 'v', ...row }] }
  return compileMapping(service, SOURCE, TARGET)
}

function mapped(row: Partial<MappingRow>, value: string | number | null) {
  const result = compiled(row)
  if (!result.ok) throw new Error(result.problems[0].message)
  const [{ read }] = result.mapping.rows
  const given = read({ v: value })
  return given instanceof Misfit ? `${given.code}: ${given.rule}` : given
}

test.group('Cleaning', () => {
  test('tidies a text step by step', ({ assert }) => {
    assert.equal(mapped({ clean: ['trim', 'collapse'] }, '  Ann \t Lee '), 'Ann Lee')
    assert.equal(mapped({ clean: ['lower'] }, 'Ann@X.DE'), 'ann@x.de')
    assert.equal(mapped({ clean: ['capitalize'] }, "jEAN-luc o'brien"), "Jean-Luc O'Brien")
    assert.equal(mapped({ clean: ['digits'] }, '+49 (30) 12-3'), '4930123')
    assert.equal(mapped({ clean: ['upper'] }, 7), 7)
  })

  test('comes before the table and the default', ({ assert }) => {
    const row: Partial<MappingRow> = {
      clean: ['trim', 'lower'],
      table: { uk: 'GB' },
      default: 'XX',
    }
    assert.equal(mapped(row, ' UK '), 'GB')
    assert.equal(mapped({ clean: ['trim'], default: 'none' }, '   '), 'none')
  })
})

test.group('A check', () => {
  const cases: Array<[Partial<MappingRow>, string | number | null, string | number | null]> = [
    [{ check: { required: true } }, null, 'REQUIRED: must have a value'],
    [{ check: { required: true }, default: 'x' }, null, 'x'],
    [{ check: { min: 1 } }, 0.5, 'TOO_SMALL: is less than 1'],
    [{ check: { max: 10 } }, '10.01', 'TOO_LARGE: is more than 10'],
    [{ check: { min: 1, max: 10 } }, '10', '10'],
    [{ check: { min: 1 } }, 'ten', 'NOT_A_NUMBER: is not a number'],
    [{ check: { minLength: 3 } }, 'ab', 'TOO_SHORT: has 2 characters; at least 3 are wanted'],
    [{ check: { maxLength: 3 } }, 'abcd', 'TOO_LONG: has 4 characters; 3 are wanted at most'],
    [{ check: { pattern: '[A-Z]{2}\\d+' } }, 'DE12', 'DE12'],
    [{ check: { pattern: '[A-Z]{2}' } }, 'DE12', 'PATTERN: does not match [A-Z]{2}'],
    [{ check: { pattern: '[A-Z]+' } }, null, null],
    [{ check: { format: 'email' } }, 'ada@example.com', 'ada@example.com'],
    [{ check: { format: 'email' } }, 'ada at example', 'FORMAT: is not an e-mail address'],
    [{ check: { format: 'phone' } }, '+49 (30) 12-3', '+49 (30) 12-3'],
    [{ check: { format: 'phone' } }, 'call me!', 'FORMAT: is not a phone number'],
    [{ check: { format: 'url' } }, 'two words', 'FORMAT: is not a web address'],
    [{ check: { format: 'url' } }, null, null],
  ]
  for (const [row, value, wanted] of cases) {
    test(`${JSON.stringify(row)} of ${JSON.stringify(value)}: ${wanted}`, ({ assert }) => {
      assert.equal(mapped(row, value), wanted)
    })
  }

  test('that cannot be is refused when it is saved', ({ assert }) => {
    const problemOf = (check: MappingRow['check']) => {
      const result = compiled({ check })
      return result.ok ? null : `${result.problems[0].where}: ${result.problems[0].message}`
    }
    assert.match(String(problemOf({ pattern: '(a' })), /^mapping\[0\]\.check: the pattern/)
    assert.match(String(problemOf({ pattern: '(a)\\1' })), /the pattern is not a regular expr/)
    assert.match(String(problemOf({ min: 3, max: 1 })), /min 3 is above max 1/)
  })

  test('of whatever a tenant writes ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000 }), (length) => {
        mapped({ check: { pattern: '(a+)+b' } }, 'a'.repeat(length))
        return true
      }),
      { numRuns: 20 }
    )
  })
})
