import { test } from '@japa/runner'
import fc from 'fast-check'
import { DateTime } from 'luxon'
import type { Field, MappingRow, RecordValues, Value } from '#sdk'
import { compileMapping } from '#engine/compile_mapping'
import { Misfit } from '#engine/misfit'
import { definition, stream } from './support/make_input.js'

const SOURCE = stream('orders', [
  { name: 'id', type: 'integer' },
  { name: 'a', type: 'text' },
  { name: 'n', type: 'integer' },
  { name: 'd', type: 'decimal' },
  { name: 'x y', type: 'text' },
  { name: 'any', type: 'json' },
])

function compile(row: Omit<MappingRow, 'to'>, field: Partial<Field> = {}) {
  const target = stream('Deals', [{ name: 'To', type: 'text', ...field }])
  const service = { ...definition('upsert'), mapping: [{ to: 'To', ...row }] }
  return compileMapping(service, SOURCE, target)
}

function mapOne(row: Omit<MappingRow, 'to'>, source: RecordValues, field?: Partial<Field>) {
  const compiled = compile(row, field)
  if (!compiled.ok) throw new Error(compiled.problems[0].message)
  const value = compiled.mapping.rows[0].read({ n: null, d: null, a: null, ...source })
  return value instanceof Misfit ? value.code : value
}

function problem(row: Omit<MappingRow, 'to'>): string {
  const compiled = compile(row)
  return compiled.ok ? '' : `${compiled.problems[0].where}: ${compiled.problems[0].message}`
}

test.group('formulas', () => {
  const cases: Array<[string, RecordValues, Value]> = [
    ['source.a + " #" + source.n', { a: 'Ann', n: 7 }, 'Ann #7'],
    ['upper(source.a) + "!"', { a: null }, '!'],
    ['source.a.title()', { a: 'ada LOVELACE' }, 'Ada Lovelace'],
    ['left(source.a, 2)', { a: '😀😀😀' }, '😀😀'],
    ['slug(source.a)', { a: 'Crème Brûlée!' }, 'creme-brulee'],
    ['padLeft(source.n, 5, "0")', { n: 42 }, '00042'],
    ['text(round(number(source.d) * 1.19, 2))', { d: '10.05' }, '11.96'],
    ['text(round(1.005, 2))', {}, '1.01'],
    ['text(source.n * 2 + 1)', { n: 3 }, '7'],
    ['coalesce(source.a, source["x y"], "none")', { 'a': '', 'x y': 'z' }, 'z'],
    ['isEmpty(source.a) ? "no" : "yes"', { a: null }, 'no'],
    ['parseDate(source.a, "dd.MM.yyyy")', { a: '03.11.2026' }, '2026-11-03'],
    [
      'parseDate(source.a, "dd.MM.yyyy HH:mm", "Asia/Kolkata")',
      { a: '03.11.2026 10:00' },
      '2026-11-03T04:30:00Z',
    ],
    ['formatDate(source.a, "HH:mm", "Asia/Kolkata")', { a: '2026-11-03T04:30:00Z' }, '10:00'],
    ['addDays(source.a, 30)', { a: '2026-01-31' }, '2026-03-02'],
    ['dateIn(source.a, "Asia/Kolkata")', { a: '2026-11-03T20:00:00Z' }, '2026-11-04'],
    ['join(split(source.a, ","), "+")', { a: 'a,b' }, 'a+b'],
    ['replace(source.a, "-", "")', { a: '1-2-3' }, '123'],
  ]
  for (const [formula, source, expected] of cases) {
    test(`${formula} is ${JSON.stringify(expected)}`, ({ assert }) => {
      assert.deepEqual(mapOne({ formula }, source), expected)
    })
  }

  test('mistakes are found when the service is saved', ({ assert }) => {
    assert.include(problem({ formula: 'source.a + 1' }), 'mapping[0].formula: no such overload')
    assert.include(problem({ formula: 'source.a + 1' }), 'at position 1')
    assert.include(problem({ formula: 'source.d * 2' }), 'number(…)')
    assert.include(problem({ formula: 'source.aa' }), "Did you mean 'a'?")
    assert.include(problem({ formula: 'source.a +' }), 'Unexpected token')
    assert.include(problem({ formula: 'nope(source.a)' }), 'nope')
    assert.include(problem({ formula: 'source.a.matches("(a+)+$")' }), 'not available')
    assert.include(problem({ when: [{ if: 'source.a', value: 1 }] }), 'not true or false')
    assert.include(problem({ from: 'ab' }), "Did you mean 'a'?")
    assert.include(problem({ from: 'a', value: 1 }), 'exactly one of')
    assert.include(problem({ from: 'a', timezone: 'Mars/Base' }), 'not a time zone')
  })

  test('a formula that fails on a record is a fault of that record', ({ assert }) => {
    assert.equal(mapOne({ formula: 'text(number(source.a))' }, { a: 'abc' }), 'FORMULA')
    assert.equal(mapOne({ formula: 'text(source.n / 0)' }, { n: 1 }), 'FORMULA')
    assert.equal(mapOne({ formula: 'source.any.constructor' }, { any: {} }), 'FORMULA')
  })
})

test.group('conversions', () => {
  const cases: Array<[Partial<Field>, Value, Value]> = [
    [{ type: 'integer' }, '12.00', 12],
    [{ type: 'integer' }, '9007199254740993', '9007199254740993'],
    [{ type: 'integer' }, '1.5', 'NOT_AN_INTEGER'],
    [{ type: 'decimal' }, '+0012.50', '12.50'],
    [{ type: 'decimal' }, 1e-7, '0.0000001'],
    [{ type: 'decimal' }, 'abc', 'NOT_A_DECIMAL'],
    [{ type: 'decimal', asNumber: true }, '12.50', 12.5],
    [{ type: 'decimal', asNumber: true }, '1234567890123456.5', 'TOO_MANY_DIGITS'],
    [{ type: 'boolean' }, 'Yes', true],
    [{ type: 'boolean' }, 0, false],
    [{ type: 'boolean' }, 'maybe', 'NOT_A_BOOLEAN'],
    [{ type: 'date' }, '2026-02-30', 'NOT_A_DATE'],
    [{ type: 'date' }, '2028-02-29', '2028-02-29'],
    [{ type: 'date' }, '', null],
    [{ type: 'lookup' }, 12, { id: '12' }],
    [{ type: 'multipicklist' }, 'a; b', ['a', 'b']],
    [{ type: 'text' }, '', null],
    [{ type: 'text' }, null, null],
  ]
  for (const [field, value, expected] of cases) {
    test(`${JSON.stringify(value)} as ${field.type} is ${JSON.stringify(expected)}`, ({
      assert,
    }) => {
      assert.deepEqual(mapOne({ from: 'any' }, { any: value }, field), expected)
    })
  }

  test('a table replaces values, and a default stands in for what is missing', ({ assert }) => {
    const row = { from: 'a', table: { paid: 'Won' } }
    assert.equal(mapOne(row, { a: 'paid' }), 'Won')
    assert.equal(mapOne(row, { a: 'open' }), 'open')
    assert.equal(mapOne({ ...row, default: 'Other' }, { a: 'open' }), 'Other')
    assert.equal(mapOne(row, { a: 'constructor' }), 'constructor')
  })
})

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe']

test.group('zones', () => {
  test('a wall time goes to an instant and back, in any zone', ({ assert }) => {
    const seconds = fc.integer({ min: 946_684_800, max: 2_208_988_800 })
    fc.assert(
      fc.property(seconds, fc.constantFrom(...ZONES), (at, timezone) => {
        const time = DateTime.fromSeconds(at, { zone: timezone })
        const wall = time.toFormat("yyyy-MM-dd'T'HH:mm:ss")
        const mapped = mapOne({ from: 'a', timezone }, { a: wall }, { type: 'datetime' })
        const back = DateTime.fromISO(String(mapped), { zone: timezone })
        assert.equal(back.toFormat("yyyy-MM-dd'T'HH:mm:ss"), wall)
        const exact = mapOne({ from: 'a', timezone }, { a: time.toISO() }, { type: 'datetime' })
        assert.equal(Date.parse(String(exact)), at * 1000)
        const day = mapOne({ from: 'a', timezone }, { a: time.toISO() }, { type: 'date' })
        assert.equal(day, time.toISODate())
      }),
      { numRuns: 2_000 }
    )
  })

  test('a time that the clock skips moves forward; of a double one the first counts', ({
    assert,
  }) => {
    const read = (a: string) =>
      mapOne({ from: 'a', timezone: 'Europe/Berlin' }, { a }, { type: 'datetime' })
    assert.equal(read('2026-03-29 02:30:00'), '2026-03-29T01:30:00Z')
    assert.equal(read('2026-10-25 02:30:00'), '2026-10-25T00:30:00Z')
    const luxon = DateTime.fromISO('2026-03-29T02:30:00', { zone: 'Europe/Berlin' })
    assert.equal(luxon.toMillis(), Date.parse('2026-03-29T01:30:00Z'))
  })
})
