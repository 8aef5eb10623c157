import { test } from '@japa/runner'
import type { RecordValues } from '#sdk'
import { mariadbMissing } from '#tests/support/contract_mariadb'
import { search } from '../../../../plugins/connectors/mysql/write/search_rows.js'
import { GivenDatabase } from './given_database.js'

const missing = await mariadbMissing()

for (const collation of ['utf8mb4_general_ci', 'utf8mb4_unicode_nopad_ci', 'utf8mb4_bin']) {
  test(`what is asked for is found without spaces at its ends, ${collation}`, async ({
    assert,
    cleanup,
  }) => {
    const given = await GivenDatabase.open(`CREATE TABLE people (id INT PRIMARY KEY,
      mail VARCHAR(40) COLLATE ${collation}, age INT, KEY (mail));
      INSERT INTO people VALUES (1, 'ann@x', 5), (2, ' eve@x', 6), (3, '\teve@x', 7)`)
    cleanup(() => given.close())
    const find = async (fields: string[], ...records: RecordValues[]): Promise<string[]> => {
      const stream = await given.describe('people')
      const batch = { stream, fields, records, wanted: fields }
      const held = await search.find(given.context(), batch)
      return [...new Set(held.map(({ id }) => id))]
    }
    assert.deepEqual(await find(['mail'], { mail: ' Ann@x  ' }), ['1'])
    assert.deepEqual(await find(['mail'], { mail: '\tann@x' }, { mail: 'none' }), ['1'])
    assert.deepEqual(await find(['mail', 'age'], { mail: 'ann@x ', age: 5 }), ['1'])
    assert.deepEqual(await find(['mail', 'age'], { mail: 'ann@x ', age: 6 }), [])
    assert.include(await find(['mail'], { mail: ' eve@x' }), '2')
    assert.include(await find(['mail'], { mail: '\teve@x' }), '3')
  }).skip(missing !== null, missing ?? '')
}
