import { test } from '@japa/runner'
import fc from 'fast-check'
import { blankDefinition, readDraftContent } from '#domain/services/draft_content'
import { draftGaps } from '#domain/services/draft_gaps'
import { placed } from '#domain/services/draft_places'
import { castRoles, fillTemplate } from '#domain/services/draft_template'
import { viewSample } from '#http/service_builder/sample_view'
import { viewSlots } from '#http/service_builder/slots_view'
import type { StreamDescription, Template } from '#sdk'

const template: Template = {
  title: 'T',
  description: '',
  roles: {
    shop: { title: 'Shop', connectors: ['mysql', 'sqlite'] },
    crm: { title: 'CRM', connectors: ['zoho_crm'] },
  },
  service: {
    ...blankDefinition('import'),
    name: 'orders',
    source: { connection: 'shop', stream: 'orders' },
    target: { ...blankDefinition('import').target, connection: 'crm', stream: 'Deals' },
  },
}

test.group('What a draft holds', () => {
  test('comes back as it was sent, whatever else is in it', ({ assert }) => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (more) => {
        const content = { ...more, ...blankDefinition('export') }
        assert.deepEqual(
          readDraftContent(JSON.stringify(content)),
          JSON.parse(JSON.stringify(content))
        )
      })
    )
  })

  test('is refused without an outline: {$self}')
    .with(['', 'null', '{}', '{"name":"a","kind":"view"}', '[1]'])
    .run(({ assert }, text) => assert.throws(() => readDraftContent(text), /no draft/))

  test('has gaps until everything is chosen', ({ assert }) => {
    const where = (definition: Parameters<typeof draftGaps>[0]) =>
      draftGaps(definition).map((gap) => gap.where)
    assert.deepEqual(where(blankDefinition('import')), [
      ...['name', 'source.connection', 'source.stream', 'target.connection', 'target.stream'],
      ...['mapping', 'target.match.fields'],
    ])
    const whole = structuredClone(template.service)
    whole.target.match = { by: 'id' }
    whole.mapping = [
      { to: 'A', from: '' },
      { to: 'B', when: [{ if: ' ', value: 1 }] },
    ]
    assert.deepEqual(where(whole), ['mapping[0].from', 'mapping[1].when[0].if'])
    whole.mapping = [{ to: 'A', value: '' }]
    assert.deepEqual(where(whole), [])
  })
})

test.group('A template as a draft', () => {
  test('is cast by connectors, the namesake first', ({ assert }) => {
    const connections = [
      { name: 'files', connector: 'sqlite' },
      { name: 'shop', connector: 'mysql' },
    ]
    assert.deepEqual(castRoles(template, connections), { shop: 'shop', crm: null })
  })

  test('takes a free name and leaves the template as it is', ({ assert }) => {
    const cast = { shop: 'files', crm: null }
    const filled = fillTemplate(template, cast, ['orders', 'orders-2'])
    assert.equal(filled.name, 'orders-3')
    assert.equal(filled.source.connection, 'files')
    assert.equal(filled.target.connection, '')
    assert.equal(template.service.source.connection, 'shop')
  })
})

test.group('Sentences on a draft', () => {
  test('"{said}" stands at "{where}"')
    .with([
      { said: 'mapping[2].formula: No', where: 'mapping[2].formula' },
      { said: 'mapping.0.to: The to field must be defined', where: 'mapping[0].to' },
      { said: 'schedule.every must be a whole number', where: 'schedule.every' },
      { said: 'trigger: Nobody tells', where: 'trigger' },
      { said: 'mapping: It needs a value', where: 'mapping' },
      { said: 'The connection "a" does not work: no', where: '' },
    ])
    .run(({ assert }, { said, where }) => assert.equal(placed([said])[0].where, where))
})

test.group('Samples and slots', () => {
  test('show what differs, and count only what is few', ({ assert }) => {
    const stream = { fields: [{ name: 'a', type: 'text' }] } as unknown as StreamDescription
    const sampled = viewSample([{ a: 'x' }, { a: 'y' }, { a: 'y' }, { a: null }, {}], stream)
    assert.deepEqual(sampled, [
      {
        name: 'a',
        shown: ['x', 'y'],
        values: [
          { value: 'y', count: 2 },
          { value: 'x', count: 1 },
        ],
      },
    ])
    const many = Array.from({ length: 51 }, (_, index) => ({ a: index }))
    assert.deepEqual(viewSample(many, stream)[0].values, [])
  })

  test('mark the days on which the clocks change', ({ assert }) => {
    const at = (text: string) => Date.parse(text)
    const schedule = { daily: ['02:30'], timezone: 'Europe/Berlin' }
    const [, spring, after] = viewSlots(schedule, at('2026-03-28T00:00:00Z'))
    assert.match(spring.text, /^Sun 29 Mar 2026, 03:30 \(UTC\+02:00\)/)
    assert.match(String(spring.note), /skips this hour/)
    assert.isNull(after.note)
    const [, autumn] = viewSlots(schedule, at('2026-10-24T00:00:00Z'))
    assert.match(autumn.text, /^Sun 25 Oct 2026, 02:30 \(UTC\+02:00\)/)
    assert.match(String(autumn.note), /comes twice/)
  })
})
