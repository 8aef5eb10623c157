import { test } from '@japa/runner'
import { stringify } from 'yaml'
import { compareDefinitions } from '#domain/services/compare_definitions'
import { parseServiceFile } from '#domain/services/service_file'
import { checkDefinition } from '#engine/check_definition'
import { commonForm, valueForm } from '#engine/value_form'
import type { SearchMatch } from '#sdk'
import { memorySource } from './support/memory_source.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { searchInput } from './support/search_input.js'
import { SearchedTarget } from './support/searched_target.js'

function inputOf(match: Partial<SearchMatch> = {}) {
  const target = new SearchedTarget()
  return searchInput({ source: memorySource([]), target, ledger: new MemoryLedger(), match })
}

function problemsOf(match: Partial<SearchMatch>, isSearchable = true): string[] {
  const { definition, source, target } = inputOf(match)
  const { search } = target.access
  const found = isSearchable && search ? { search } : {}
  const ways = { routes: target.routes, options: [], ...found }
  return checkDefinition(definition, source.stream, target.stream, ways).map(
    ({ where, message }) => `${where}: ${message}`
  )
}

test.group('match by search, in words', () => {
  test('says what is wrong with it', ({ assert }) => {
    assert.deepEqual(problemsOf({}), [])
    assert.match(problemsOf({ any: [] })[0], /any: Name at least one field to search by/)
    assert.match(problemsOf({ any: [['Mial']] })[0], /any\[0\]\[0\]: .* Did you mean 'Mail'/)
    assert.match(problemsOf({ any: [['Created']] })[0], /the mapping must fill it/)
    assert.match(problemsOf({ any: [['Mail', 'Mail']] })[0], /stands twice/)
    assert.match(problemsOf({ none: 'skip', one: 'skip' })[0], /nothing is ever written/)
    assert.match(problemsOf({}, false)[0], /target.match: 'Contacts' cannot be searched/)
  })

  test('needs to know ages where the oldest is taken', ({ assert }) => {
    const { definition, source, target } = inputOf({ many: 'oldest' })
    const { search } = target.access
    if (!search) throw new Error('There is no search')
    const ways = { routes: target.routes, options: [], search: { ...search, created: () => null } }
    const [problem] = checkDefinition(definition, source.stream, target.stream, ways)
    assert.match(problem.message, /does not say when a record was created.*Name its field/)
    const about = (created: string) => {
      const { match } = definition.target
      const named = {
        ...definition,
        target: { ...definition.target, match: { ...match, created } },
      }
      return checkDefinition(named as typeof definition, source.stream, target.stream, ways)
    }
    assert.deepEqual(about('Created'), [])
    assert.match(about('Creatde')[0].message, /no field 'Creatde'. Did you mean 'Created'/)
    assert.match(about('Name')[0].message, /'Name' is no time and no whole number/)
    assert.equal(about('Name')[0].where, 'target.match.created')
  })

  test('goes through a file and back, and is compared in a sentence', async ({ assert }) => {
    const { definition } = inputOf({
      ...{ normalised: true, none: 'skip', many: 'newest', created: 'Created' },
    })
    const parsed = await parseServiceFile(stringify(definition), 'people.yaml')
    assert.deepEqual(parsed, definition)
    const before = { ...definition, target: { ...definition.target, match: { by: 'id' as const } } }
    assert.deepEqual(compareDefinitions(before, definition), [
      'Matching changed from by id to by a search for Mail, or else Phone, compared in one form, ' +
        'leaving out what is not there, updating what is there, taking the newest of several by Created',
    ])
    const odd = stringify(definition).replace('newest', 'youngest')
    await assert.rejects(() => parseServiceFile(odd, 'people.yaml'), /not a service/)
  })

  const forms: Array<[string, string, 'text' | 'phone' | 'url' | 'email', boolean]> = [
    ['+49 (30) 123-456', '0049 30 123456', 'phone', true],
    ['030 123456', '+49 30 123456', 'phone', false],
    ['https://www.Example.com/a?b', 'example.com', 'url', true],
    ['www.example.com:8080', 'EXAMPLE.com', 'text', true],
    ['ann@example.com', 'bob@example.com', 'text', false],
    [' Ann@Example.com', 'ann@example.com', 'email', true],
    ['Example Ltd', 'example  ltd', 'text', false],
  ]
  for (const [one, other, type, isSame] of forms) {
    test(`"${one}" ${isSame ? 'is' : 'is not'} "${other}" as ${type}`, ({ assert }) => {
      assert.equal(commonForm(one, type) === commonForm(other, type), isSame)
    })
  }

  test('an exact form forgives spaces and case, and how a number is written', ({ assert }) => {
    assert.equal(valueForm(' ANN ', 'text'), valueForm('ann', 'text'))
    assert.equal(valueForm('1.50', 'decimal'), valueForm(1.5, 'decimal'))
    assert.equal(valueForm({ id: '7', name: 'X' }, 'lookup'), valueForm({ id: '7' }, 'lookup'))
    assert.equal(valueForm(null, 'text'), '')
  })
})
