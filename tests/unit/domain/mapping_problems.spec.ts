import { test } from '@japa/runner'
import { Refusal } from '#domain/refusal'
import { parseServiceFile } from '#domain/services/service_file'

const file = (target: string, mapping = '') => `
name: clean-up
kind: import
source: { connection: shop, stream: orders }
target: { connection: zoho, stream: Deals, ${target} }
${mapping}`

async function problemsOf(text: string): Promise<string[]> {
  try {
    await parseServiceFile(text, 'clean_up.yaml')
    return []
  } catch (error) {
    if (error instanceof Refusal) return error.problems
    throw error
  }
}

test.group('The file of a service that deletes', () => {
  test('needs no mapping where it deletes by id', async ({ assert }) => {
    const text = file('operation: delete, match: { by: id, column: deal }')
    const { mapping, target } = await parseServiceFile(text, 'clean_up.yaml')
    assert.deepEqual(mapping, [])
    assert.equal(target.operation, 'delete')
  })

  test('says what to fill where it finds records by fields', async ({ assert }) => {
    const [said] = await problemsOf(file('operation: delete, match: { by: fields, fields: [Ref] }'))
    assert.match(said, /^mapping: records to delete are found by Ref, so fill Ref/)
  })

  test('any other service fills a field', async ({ assert }) => {
    const said = await problemsOf(file('operation: upsert, match: { by: id }', 'mapping: []'))
    assert.deepEqual(said, ['mapping: fill at least one field of the target'])
  })
})
