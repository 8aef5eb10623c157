import { test } from '@japa/runner'
import { formulaGuide } from '#http/service_builder/formula_guide'
import type { MappingRow, ServiceDefinition, StreamDescription } from '#sdk'
import { tryMapping } from '#workers/try_mapping'

const stream = (fields: StreamDescription['fields']): StreamDescription => ({
  ...{ name: 's', title: 'S', key: ['id'], fields },
  ...{ readable: true, writable: true, cursors: [], pushdown: [] },
})
const source = stream([
  { name: 'id', type: 'integer' },
  { name: 'name', type: 'text' },
  { name: 'total', type: 'text' },
])
const target = stream([
  { name: 'Name', type: 'text', mandatory: true, maxLength: 5 },
  { name: 'Amount', type: 'decimal' },
])
const records = [
  { id: 1, name: 'Ada', total: '10.5' },
  { id: 2, name: 'Augusta', total: 'ten' },
]

function attempt(mapping: MappingRow[], filter?: string) {
  const definition: ServiceDefinition = {
    name: 'a',
    kind: 'import',
    source: { connection: 'x', stream: 's', ...(filter === undefined ? {} : { filter }) },
    target: { connection: 'y', stream: 's', operation: 'insert', match: { by: 'id' } },
    mapping,
  }
  return tryMapping({ definition, source, target, records })
}

test.group('A mapping that is being tried', () => {
  test('gives each cell its value or its fault', ({ assert }) => {
    const { records: tried, problems } = attempt([
      { to: 'Name', from: 'name' },
      { to: 'Amount', from: 'total' },
    ])
    assert.deepEqual(problems, [])
    assert.deepEqual(tried[0].cells, [
      { to: 'Name', value: 'Ada', fault: null },
      { to: 'Amount', value: '10.5', fault: null },
    ])
    assert.match(String(tried[1].cells[0].fault), /7 characters; 5 fit/)
    assert.match(String(tried[1].cells[1].fault), /not a decimal number/)
  })

  test('maps the sound rows while another is still wrong', ({ assert }) => {
    const { records: tried, problems } = attempt([
      { to: 'Name', formula: 'source.nam' },
      { to: 'Amount', from: 'total' },
    ])
    assert.lengthOf(problems, 1)
    assert.equal(problems[0].where, 'mapping[0].formula')
    assert.match(problems[0].message, /Did you mean 'name'/)
    assert.deepEqual(tried[0].cells, [{ to: 'Amount', value: '10.5', fault: null }])
    assert.deepEqual(tried[0].faults, [])
  })

  test('misses what is mandatory, and says what is filtered out', ({ assert }) => {
    const { records: tried } = attempt([{ to: 'Amount', from: 'total' }], 'name == "Ada"')
    assert.match(tried[0].faults[0], /Name must have a value/)
    assert.isTrue(tried[1].isFiltered)
  })

  test('says that a filter is wrong, and goes on', ({ assert }) => {
    const { problems, records: tried } = attempt([{ to: 'Name', from: 'name' }], 'nme == 1')
    assert.equal(problems[0].where, 'source.filter')
    assert.equal(tried[0].cells[0].value, 'Ada')
  })
})

test.group('The guide to formulas', () => {
  test('{example} gives {gives}')
    .with(formulaGuide)
    .run(({ assert }, { example, gives }) => {
      const { records: tried, problems } = attempt([{ to: 'Name', formula: example, as: 'text' }])
      assert.deepEqual(problems, [])
      assert.equal(String(tried[0].cells[0].value), gives)
    })
})
