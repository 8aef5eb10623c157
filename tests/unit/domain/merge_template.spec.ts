import { test } from '@japa/runner'
import fc from 'fast-check'
import type { MappingRow, ServiceDefinition } from '#sdk'
import { mergeTemplate } from '#domain/services/merge_template'

const row = (id: string, from: string): MappingRow => ({ id, to: `T_${id}`, from })

function definition(rows: MappingRow[], more: Partial<ServiceDefinition> = {}): ServiceDefinition {
  return {
    name: 'service',
    kind: 'import',
    source: { connection: 'shop', stream: 'orders' },
    target: {
      connection: 'zoho',
      stream: 'Deals',
      operation: 'upsert',
      match: { by: 'fields', fields: ['T_a'] },
    },
    mapping: rows,
    ...more,
  }
}

const ids = ['a', 'b', 'c', 'd', 'e']
const rows = fc
  .tuple(
    fc.shuffledSubarray(ids),
    fc.array(fc.constantFrom('x', 'y', 'z'), { minLength: 5, maxLength: 5 })
  )
  .map(([chosen, values]) => chosen.map((id) => row(id, values[ids.indexOf(id)])))
const anyDefinition = fc
  .record({
    rows,
    filter: fc.option(fc.constantFrom('p', 'q'), { nil: undefined }),
    every: fc.option(fc.constantFrom(5, 10), { nil: undefined }),
    operation: fc.constantFrom('insert' as const, 'upsert' as const),
    most: fc.option(fc.constantFrom(10, 20), { nil: undefined }),
    duplicates: fc.option(fc.constantFrom('first' as const, 'last' as const), { nil: undefined }),
  })
  .map(({ rows: mapping, filter, every, operation, most, duplicates }) => {
    const made = definition(mapping)
    if (most !== undefined) made.brakes = { changes: { records: most } }
    if (duplicates !== undefined) made.source.duplicates = duplicates
    if (filter !== undefined) made.source.filter = filter
    if (every !== undefined) made.schedule = { every, unit: 'minutes' }
    made.target.operation = operation
    return made
  })

const byId = ({ mapping }: ServiceDefinition) => new Map(mapping.map((each) => [each.id, each]))
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

test.group('Merging a later version of a template', () => {
  test('no change of mine is lost, and theirs is taken where mine is untouched', ({ assert }) => {
    fc.assert(
      fc.property(anyDefinition, anyDefinition, anyDefinition, (base, mine, theirs) => {
        const { merged, conflicts } = mergeTemplate(base, mine, theirs)
        const [was, is, will, now] = [base, mine, theirs, merged].map(byId)
        for (const id of ids) {
          const isMine = !same(was.get(id), is.get(id))
          assert.deepEqual(now.get(id), (isMine ? is : will).get(id), id)
          const isTwice =
            isMine && !same(was.get(id), will.get(id)) && !same(is.get(id), will.get(id))
          assert.equal(
            conflicts.some(({ place }) => place === `row:${id}`),
            isTwice
          )
        }
        const isMine = !same(base.source.filter, mine.source.filter)
        assert.equal(merged.source.filter, (isMine ? mine : theirs).source.filter)
        const isBraked = !same(base.brakes, mine.brakes)
        assert.deepEqual(merged.brakes, (isBraked ? mine : theirs).brakes)
        const isTimed = !same(base.schedule, mine.schedule)
        assert.deepEqual(merged.schedule, (isTimed ? mine : theirs).schedule)
        assert.lengthOf(merged.mapping, now.size, 'no row twice')
      }),
      { numRuns: 500 }
    )
  })

  test('equal inputs give equal outputs; of two equal sides the third decides', ({ assert }) => {
    fc.assert(
      fc.property(anyDefinition, anyDefinition, (one, other) => {
        assert.deepEqual(mergeTemplate(one, one, one), { merged: one, conflicts: [] })
        assert.deepEqual(mergeTemplate(one, one, other), { merged: other, conflicts: [] })
        const kept = mergeTemplate(one, other, one)
        assert.sameDeepMembers(kept.merged.mapping, other.mapping)
        assert.isEmpty(kept.conflicts)
        const agreed = mergeTemplate(one, other, other)
        assert.sameDeepMembers(agreed.merged.mapping, other.mapping)
        assert.isEmpty(agreed.conflicts)
      })
    )
  })

  test('a choice settles its conflict, and only that', ({ assert }) => {
    fc.assert(
      fc.property(anyDefinition, anyDefinition, anyDefinition, (base, mine, theirs) => {
        const { conflicts, merged } = mergeTemplate(base, mine, theirs)
        const choices = Object.fromEntries(conflicts.map(({ place }) => [place, 'theirs' as const]))
        const chosen = byId(mergeTemplate(base, mine, theirs, choices).merged)
        for (const id of ids) {
          const isChosen = `row:${id}` in choices
          const expected = isChosen ? byId(theirs).get(id) : byId(merged).get(id)
          assert.deepEqual(chosen.get(id), expected)
        }
      })
    )
  })

  test('name and connections stay the tenant’s', ({ assert }) => {
    const base = definition([row('a', 'x')])
    const mine = definition([row('a', 'x')], {
      name: 'my-own',
      source: { connection: 'webshop', stream: 'orders' },
    })
    const theirs = definition([row('a', 'x')], { source: { connection: 'shop', stream: 'sales' } })
    const { merged } = mergeTemplate(base, mine, theirs)
    assert.equal(merged.name, 'my-own')
    assert.deepEqual(merged.source, { connection: 'webshop', stream: 'sales' })
  })

  test('a conflict is told in words, and a removal is a change too', ({ assert }) => {
    const base = definition([row('a', 'x'), row('b', 'x')])
    const mine = definition([row('a', 'y')])
    const theirs = definition([row('a', 'z'), row('b', 'x'), row('c', 'x')])
    const { merged, conflicts } = mergeTemplate(base, mine, theirs)
    assert.deepEqual(
      merged.mapping.map(({ id, from }) => `${id}${from}`),
      ['ay', 'cx']
    )
    assert.deepEqual(conflicts, [
      {
        place: 'row:a',
        mine: ['T_a: source field changed from “x” to “y”'],
        theirs: ['T_a: source field changed from “x” to “z”'],
      },
    ])
  })

  test('a field that both sides begin to fill is a conflict, not two rows', ({ assert }) => {
    const base = definition([row('a', 'x')])
    const mine = definition([row('a', 'x'), { id: 'own', to: 'T_b', from: 'y' }])
    const theirs = definition([row('a', 'x'), row('b', 'z')])
    const kept = mergeTemplate(base, mine, theirs)
    assert.deepEqual(kept.merged.mapping, mine.mapping)
    assert.deepEqual(
      kept.conflicts.map(({ place }) => place),
      ['row:b']
    )
    const taken = mergeTemplate(base, mine, theirs, { 'row:b': 'theirs' })
    assert.deepEqual(taken.merged.mapping, theirs.mapping)
  })

  test('rows without an id are known by their field', ({ assert }) => {
    const bare = (from: string): MappingRow => ({ to: 'T_a', from })
    const { merged } = mergeTemplate(
      definition([bare('x')]),
      definition([bare('x')]),
      definition([bare('y')])
    )
    assert.deepEqual(merged.mapping, [bare('y')])
  })
})
