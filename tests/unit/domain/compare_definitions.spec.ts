import { test } from '@japa/runner'
import type { ServiceDefinition } from '#sdk'
import { compareDefinitions } from '#domain/services/compare_definitions'

const BEFORE: ServiceDefinition = {
  name: 'orders',
  kind: 'import',
  source: { connection: 'shop', stream: 'orders' },
  target: {
    connection: 'zoho',
    stream: 'Deals',
    operation: 'upsert',
    match: { by: 'fields', fields: ['Ref'] },
  },
  mapping: [
    { to: 'Ref', from: 'number' },
    { to: 'Phone', formula: 'source.phone' },
    { to: 'City', from: 'city', default: 'Berlin' },
  ],
  schedule: { every: 15, unit: 'minutes' },
}

function changes(change: (after: ServiceDefinition) => void): string[] {
  const after = structuredClone(BEFORE)
  change(after)
  return compareDefinitions(BEFORE, after)
}

test.group('Two definitions', () => {
  test('that are the same have no changes', ({ assert }) => {
    assert.deepEqual(
      changes(() => undefined),
      []
    )
  })

  const cases: Array<[string, (after: ServiceDefinition) => void, string[]]> = [
    [
      'a formula',
      (after) => (after.mapping[1].formula = 'trim(source.phone)'),
      ['Phone: formula changed from “source.phone” to “trim(source.phone)”'],
    ],
    [
      'another origin',
      (after) => (after.mapping[0] = { to: 'Ref', value: 'x' }),
      ['Ref: source field was removed (it was “number”)', 'Ref: constant was set to “x”'],
    ],
    [
      'a row more and a row less',
      (after) => after.mapping.splice(2, 1, { to: 'Zip', from: 'zip' }),
      ['Zip was added: from zip', 'City was removed'],
    ],
    ['the order', (after) => after.mapping.reverse(), ['The fields are in another order']],
    ['a filter', (after) => (after.source.filter = 'a'), ['Filter was set to “a”']],
    [
      'what becomes of duplicates',
      (after) => (after.source.duplicates = 'last'),
      ['Duplicates in the source was set to “last”'],
    ],
    [
      'a sync flag',
      (after) => (after.source.flag = { field: 'sent', set: 'yes' }),
      ['Sync flag was set to “sent (set: yes)”'],
    ],
    [
      'the schedule',
      (after) => (after.schedule = { daily: ['09:00'], timezone: 'Asia/Kolkata' }),
      ['Schedule changed from “every 15 minutes” to “daily at 09:00, Asia/Kolkata”'],
    ],
    [
      'a policy of the schedule',
      (after) => (after.schedule = { every: 15, unit: 'minutes', misfire: 'all' }),
      ['Schedule: its rules for missed, overlapping or dark times changed'],
    ],
    [
      'brakes',
      (after) => (after.brakes = { changes: { percent: 20, records: 500 } }),
      ['Brakes was set to changes percent 20, records 500'],
    ],
    [
      'a table of values',
      (after) => (after.mapping[0].table = { paid: 'Closed Won', minOrder: '' }),
      [`Ref: value table was set to paid “Closed Won”, minOrder “”`],
    ],
    [
      'conditions',
      (after) => (after.mapping[0].when = [{ if: 'source.a > 1', value: true }]),
      [`Ref: conditions was set to if “source.a > 1”, value yes`],
    ],
    [
      'no schedule',
      (after) => delete after.schedule,
      ['Schedule changed from “every 15 minutes” to “by hand only”'],
    ],
  ]
  for (const [what, change, said] of cases) {
    test(`${what} is said in words`, ({ assert }) => assert.deepEqual(changes(change), said))
  }
})
