import { test } from '@japa/runner'
import fc from 'fast-check'
import { parseService, parseServiceFile } from '#domain/services/service_file'
import type { ServiceDefinition } from '#sdk'
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
const anyRow = fc.tuple(name, origin, rest).map(([to, from, more]) => ({ to, ...from, ...more }))
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
  mapping: fc.array(anyRow, { minLength: 1, maxLength: 4 }),
  schedule: some(schedule),
  brakes: some(fc.constant({ changes: { percent: 12.5, records: 100 } })),
})

const row = {
  ...{ id: 'r1', to: 'Stage', from: 'status', default: 'New', as: 'picklist', timezone: 'UTC' },
  ...{ table: { paid: 'Won' }, clean: ['trim', 'collapse'], private: true },
  check: {
    ...{ required: true, min: 1, max: 9, minLength: 2, maxLength: 3 },
    ...{ format: 'email', pattern: 'a+' },
  },
}
/** All that a definition can hold, but for the kinds that exclude each other. */
const full = {
  name: 'all-of-it',
  kind: 'export',
  source: {
    ...{ connection: 'a', stream: 'b', filter: 'c == 1', view: 'd', route: 'e', live: true },
    ...{ duplicates: 'last', flag: { field: 'f', set: 'yes', unset: 'no' } },
  },
  target: {
    ...{ connection: 'g', stream: 'h', operation: 'upsert', route: 'i', options: { j: [1, 'k'] } },
    match: {
      ...{ by: 'search', any: [['Email'], ['Company', 'Phone']], normalised: true },
      ...{ none: 'skip', one: 'skip', many: 'oldest', created: 'Created_Time' },
    },
  },
  mapping: [
    row,
    { to: 'A', as: 'lookup', by: 'Email', formula: 'source.x' },
    {
      to: 'B',
      when: [
        { if: 'true', value: 1 },
        { if: 'true', formula: '2' },
        { if: 'true', from: 'x' },
      ],
    },
  ],
  incremental: { by: 'created', column: 'id', overlap: 60 },
  schedule: {
    ...{ weekly: ['monday'], at: ['09:00'], timezone: 'Europe/Berlin', misfire: 'none' },
    ...{
      overlap: 'queue',
      jitter: 5,
      blackout: [{ from: '22:00', until: '06:00', days: ['friday'] }],
    },
  },
  trigger: { changes: ['created', 'deleted'], after: 5, atRecords: 50, fields: ['Stage'] },
  brakes: { changes: { percent: 10, records: 100 }, rejects: { percent: 5, records: 50 } },
}

const plain = (parsed: ServiceDefinition): object => parsed

test.group('A service as a file', () => {
  test('holds each thing that a service can be told', async ({ assert }) => {
    const parsed = await parseService(structuredClone(full), 'The form')
    assert.deepEqual(plain(parsed), full)
    const read = await parseServiceFile(serviceText(parsed), 'The file')
    assert.deepEqual(plain(read), full)
  })

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
