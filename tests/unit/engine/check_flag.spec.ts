import { test } from '@japa/runner'
import type { Field, Route, ServiceDefinition, ServiceFlag } from '#sdk'
import { checkDefinition } from '#engine/check_definition'
import { DEALS, definition, ORDERS } from './support/make_input.js'
import { MemoryTarget } from './support/memory_target.js'

const ROUTES: Route[] = [new MemoryTarget('Ref').callRoute(['upsert'], ['upsert'])]
const FIELDS: Field[] = [
  ...ORDERS.fields,
  { name: 'done', type: 'boolean', nullable: false },
  { name: 'count', type: 'integer', nullable: false },
  { name: 'sent', type: 'text', maxLength: 3 },
  { name: 'state', type: 'picklist', values: ['new', 'sent'], closed: true, nullable: false },
  { name: 'sent_at', type: 'datetime' },
  { name: 'made_at', type: 'datetime', nullable: false },
  { name: 'total', type: 'decimal' },
  { name: 'sum', type: 'integer', readOnly: true },
  { name: 'code', type: 'text', unique: true },
]
const SOURCE = { ...ORDERS, title: 'Orders', fields: FIELDS, cursors: ['made_at'] }

function problems(
  flag: ServiceFlag,
  change: (service: ServiceDefinition) => void = () => undefined,
  canFlag = true
): string[] {
  const service = definition('upsert')
  service.source.flag = flag
  change(service)
  const found = checkDefinition(service, SOURCE, DEALS, { routes: ROUTES, options: [], canFlag })
  return found.map(({ where, message }) => `${where}: ${message}`)
}

test.group('checkDefinition of a flag', () => {
  const sound: ServiceFlag[] = [
    { field: 'done' },
    { field: 'done', set: false },
    { field: 'count' },
    { field: 'count', set: 2, unset: 1 },
    { field: 'sent', set: 'yes' },
    { field: 'state', set: 'sent', unset: 'new' },
    { field: 'sent_at' },
  ]
  for (const flag of sound) {
    test(`${JSON.stringify(flag)} is sound`, ({ assert }) => {
      assert.deepEqual(problems(flag), [])
    })
  }

  const faulty: Array<[ServiceFlag, string]> = [
    [{ field: 'dome' }, "source.flag.field: 'orders' has no field 'dome'. Did you mean 'done'?"],
    [{ field: 'id' }, "source.flag.field: 'id' is part of the key. Choose a field of its own."],
    [{ field: 'sum' }, "source.flag.field: 'sum' cannot be written. Choose another field."],
    [{ field: 'code' }, "source.flag.field: No two records may hold the same in 'code'."],
    [{ field: 'total' }, "source.flag.field: 'total' holds decimal. A flag is true or false,"],
    [{ field: 'sent' }, "source.flag.set: Say what 'sent' holds when a record has arrived"],
    [{ field: 'sent', set: true }, "source.flag.set: 'sent' holds a text."],
    [{ field: 'sent', set: 'long' }, "source.flag.set: 'sent' takes at most 3 characters."],
    [{ field: 'sent', set: 'a', unset: 'a' }, 'source.flag.unset: Set and unset are the same'],
    [{ field: 'done', set: 'yes' }, "source.flag.set: 'done' is true or false."],
    [{ field: 'count', set: 0.5 }, "source.flag.set: 'count' is a whole number."],
    [{ field: 'state', set: 'gone' }, "source.flag.set: 'state' does not take 'gone'."],
    [{ field: 'state', set: 'sent' }, "source.flag.unset: 'state' cannot be empty,"],
    [{ field: 'sent_at', set: '2026-01-01' }, 'source.flag.set: A time is set to the moment'],
    [{ field: 'made_at' }, "source.flag.unset: 'made_at' cannot be empty"],
  ]
  for (const [flag, said] of faulty) {
    test(`${JSON.stringify(flag)} is refused`, ({ assert }) => {
      const found = problems(flag)
      assert.lengthOf(found, 1)
      assert.include(found[0], said)
    })
  }

  test('a source that cannot be written says so', ({ assert }) => {
    const [said, ...others] = problems({ field: 'done' }, () => undefined, false)
    assert.include(said, "source.flag: 'Orders' cannot be written, so no flag can be set in it.")
    assert.deepEqual(others, [])
  })

  test('it goes with no incremental reading', ({ assert }) => {
    const found = problems({ field: 'done' }, (service) => {
      service.incremental = { by: 'modified', column: 'made_at' }
    })
    assert.lengthOf(found, 1)
    assert.match(found[0], /^source\.flag: .*never be read again/)
  })

  test('it is no field that the service fills in the very same table', ({ assert }) => {
    const twice = (service: ServiceDefinition) => {
      service.mapping.push({ to: 'done', value: true })
      service.source = { ...service.source, connection: 'crm', stream: 'Deals' }
    }
    const found = problems({ field: 'done' }, twice).filter((each) => each.includes('very table'))
    assert.deepEqual(found, [
      "mapping[2].to: 'done' is the flag of this very table. Remove the row, or choose another flag.",
    ])
  })
})
