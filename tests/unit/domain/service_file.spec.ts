import { test } from '@japa/runner'
import fc from 'fast-check'
import { parseService, parseServiceFile } from '#domain/services/service_file'
import { serviceText } from '#domain/services/service_text'

/** What YAML might take for something else. */
const odd = fc.constantFrom(
  ...['', ' ', 'yes', 'no', 'null', '~', '09:00', '2026-01-01', '1e3', '0x1F', '012', '- x', '<<'],
  ...[
    'a: b # c',
    '"',
    "it's",
    '@x',
    '%',
    '{{a}}',
    '\ttab',
    'two\nlines \n\n  and more\n',
    '\u2028',
  ],
  ...['=1+1', '*x', '&x', '!x', '| x', '> x', '? x', '[', '{', 'long '.repeat(60)]
)
const text = fc.oneof(odd, fc.string({ unit: 'grapheme', maxLength: 40 }))
const name = fc.string({ minLength: 1, maxLength: 20 })
const value = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean()
)
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const table = fc.dictionary(
  text.filter((key) => key !== '__proto__'),
  value,
  { maxKeys: 4 }
)

const origin = fc.oneof(
  fc.record({ from: text }),
  fc.record({ formula: text }),
  fc.record({ value: fc.oneof(value, fc.array(value), table) }),
  fc.record({ when: fc.array(fc.record({ if: text, value }), { minLength: 1, maxLength: 3 }) })
)
const format = some(fc.constantFrom('email', 'phone', 'url'))
const rest = fc.record({
  default: some(value),
  timezone: some(fc.constantFrom('Europe/Berlin', 'Asia/Kolkata')),
  table: some(table),
  clean: some(fc.uniqueArray(fc.constantFrom('trim', 'lower', 'digits'))),
  check: some(fc.record({ required: fc.boolean(), min: fc.integer(), format, pattern: text })),
})
const row = fc.tuple(name, origin, rest).map(([to, from, more]) => ({ to, ...from, ...more }))
const schedule = fc.constantFrom(
  { every: 15, unit: 'minutes', timezone: 'Asia/Kolkata' },
  { daily: ['09:00', '23:30'], blackout: [{ from: '22:00', until: '06:00', days: ['sunday'] }] },
  { monthly: [1, 31, 'last'], at: ['00:00'], misfire: 'all', jitter: 5 },
  { once: '2026-12-01T09:00', timezone: 'Europe/Berlin' }
)
const definition = fc.record({
  name: fc.constantFrom('on', 'no', 'null', 'orders-to-deals'),
  kind: fc.constantFrom('import', 'export'),
  source: fc.record({ connection: name, stream: text, filter: some(text), view: some(text) }),
  target: fc.record({
    connection: name,
    stream: text,
    operation: fc.constantFrom('insert', 'update', 'upsert'),
    match: fc.oneof(
      fc.record({ by: fc.constant('fields'), fields: fc.array(name, { minLength: 1 }) }),
      fc.record({ by: fc.constant('id'), column: some(name) }),
      fc.record({ by: fc.constant('search'), any: fc.constant([['A', 'B'], ['C']]) })
    ),
    options: some(table),
  }),
  mapping: fc.array(row, { minLength: 1, maxLength: 4 }),
  schedule: some(schedule),
  brakes: some(fc.constant({ changes: { percent: 12.5, records: 100 } })),
})

test.group('A service as a file', () => {
  test('comes back as it was, whatever its texts look like', async ({ assert }) => {
    await fc.assert(
      fc.asyncProperty(definition, async (content) => {
        const before = await parseService(JSON.parse(JSON.stringify(content)), 'The form')
        const after = await parseServiceFile(serviceText(before), 'The file')
        assert.deepEqual(after, before)
      }),
      { numRuns: 150 }
    )
  })
})
