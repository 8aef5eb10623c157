import { test } from '@japa/runner'
import type { Route, ServiceDefinition, SettingField } from '#sdk'
import { checkDefinition } from '#engine/check_definition'
import { DEALS, definition, ORDERS } from './support/make_input.js'
import { MemoryTarget } from './support/memory_target.js'

const ROUTES: Route[] = [new MemoryTarget('Ref').callRoute(['upsert'], ['upsert'])]
const OPTIONS: SettingField[] = [
  { name: 'layout', title: 'Layout', type: 'text' },
  { name: 'lock', title: 'Lock', type: 'boolean', default: false },
  { name: 'mode', title: 'Mode', type: 'choice', choices: ['a', 'b'] },
]
const TARGET = {
  ...DEALS,
  fields: [...DEALS.fields, { name: 'Owner', type: 'text' as const, readOnly: true }],
}

function problems(change: (service: ServiceDefinition) => void): string[] {
  const service = structuredClone(definition('upsert'))
  change(service)
  return checkDefinition(service, ORDERS, TARGET, { routes: ROUTES, options: OPTIONS }).map(
    ({ where, message }) => `${where}: ${message}`
  )
}

function deleteProblems(change: (service: ServiceDefinition) => void): string[] {
  const service = definition('delete')
  change(service)
  const routes = [new MemoryTarget('Ref').callRoute(['delete'], ['delete'])]
  return checkDefinition(service, ORDERS, TARGET, { routes, options: OPTIONS }).map(
    ({ where, message }) => `${where}: ${message}`
  )
}

test.group('checkDefinition of a delete', () => {
  test('by id it needs no mapping, and by fields just those', ({ assert }) => {
    const byId = deleteProblems((s) => {
      s.target.match = { by: 'id', column: 'ref' }
      s.mapping = []
    })
    assert.deepEqual(byId, [])
    assert.deepEqual(
      deleteProblems((s) => (s.mapping = [{ to: 'Ref', from: 'ref' }])),
      []
    )
    const unused = deleteProblems((s) => s.mapping.push({ to: 'Owner', from: 'nothing' }))
    assert.deepEqual(unused, [], 'rows that nothing is found by do not count')
    const [missing] = deleteProblems((s) => (s.mapping = [{ to: 'Name', from: 'name' }]))
    assert.include(missing, "Records are matched by 'Ref', so the mapping must fill it")
  })

  test('a target that cannot delete says what it can', ({ assert }) => {
    const [said] = problems((s) => (s.target.operation = 'delete'))
    assert.equal(said, "target.operation: 'Deals' offers no delete. It offers: upsert.")
  })
})

test.group('checkDefinition', () => {
  test('a sound definition has no problems', ({ assert }) => {
    assert.deepEqual(
      problems(() => undefined),
      []
    )
  })

  const cases: Array<[string, (service: ServiceDefinition) => void, string]> = [
    ['unknown target field', (s) => (s.mapping[0].to = 'Reff'), "Did you mean 'Ref'?"],
    ['unknown source field', (s) => (s.mapping[0].from = 'reff'), "Did you mean 'ref'?"],
    [
      'type error',
      (s) => (s.mapping[1].formula = 'source.name + 1'),
      'mapping[1].formula: no such',
    ],
    ['filter', (s) => (s.source.filter = 'naem == "x"'), "Did you mean 'name'?"],
    ['filter that is no condition', (s) => (s.source.filter = 'name'), 'not true or false'],
    [
      'match field that is unknown',
      (s) => (s.target.match = { by: 'fields', fields: ['Rf'] }),
      "Did you mean 'Ref'?",
    ],
    [
      'match field that is not unique',
      (s) => (s.target.match = { by: 'fields', fields: ['Name'] }),
      'Unique are: Ref.',
    ],
    ['match field without a row', (s) => s.mapping.shift(), 'the mapping must fill it'],
    ['id column', (s) => (s.target.match = { by: 'id', column: 'nmae' }), "Did you mean 'name'?"],
    ['operation', (s) => (s.target.operation = 'insert'), 'It offers: upsert.'],
    ['route', (s) => (s.target.route = 'upsrt'), "Did you mean 'upsert'?"],
    ['mandatory field', (s) => s.mapping.pop(), "needs a value in 'Name'"],
    [
      'unknown option',
      (s) => (s.target.options = { layuot: 'x' }),
      "options.layuot: There is no option 'layuot'. Did you mean 'layout'?",
    ],
    ['option of another type', (s) => (s.target.options = { lock: 'yes' }), 'must be boolean'],
    ['choice that is not offered', (s) => (s.target.options = { mode: 'c' }), 'one of: a, b.'],
    [
      'by on a field that is no lookup',
      (s) => (s.mapping[0].by = 'Email'),
      "mapping[0].by: 'Ref' is no lookup",
    ],
    ['read-only field', (s) => s.mapping.push({ to: 'Owner', value: 'x' }), 'cannot be written'],
    [
      'the last of duplicates where nothing is updated',
      (s) => {
        s.source.duplicates = 'last'
        s.target.operation = 'insert'
      },
      'source.duplicates: A service that only creates records cannot let the last',
    ],
    [
      'duplicates where records are matched by id',
      (s) => {
        s.source.duplicates = 'first'
        s.target.match = { by: 'id' }
      },
      'source.duplicates: Duplicates are told by the fields',
    ],
    [
      'incremental column',
      (s) => (s.incremental = { by: 'modified', column: 'name' }),
      'cannot be followed',
    ],
  ]
  for (const [name, change, said] of cases) {
    test(`finds: ${name}`, ({ assert }) => {
      assert.include(problems(change).join('\n'), said)
    })
  }

  test('tells all that is wrong at once', ({ assert }) => {
    const found = problems((service) => {
      service.mapping = [{ to: 'Nope', from: 'nope' }]
      service.source.filter = '1 +'
      service.target.route = 'none'
    })
    assert.isAtLeast(found.length, 4)
  })
})
