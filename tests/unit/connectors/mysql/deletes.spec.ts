import { test } from '@japa/runner'
import { mariadbMissing } from '#tests/support/contract_mariadb'
import { GivenDatabase } from './given_database.js'

const missing = await mariadbMissing()
const TABLES = `
  CREATE TABLE people (
    id INT AUTO_INCREMENT PRIMARY KEY, code VARCHAR(20) NOT NULL UNIQUE, boss INT,
    FOREIGN KEY (boss) REFERENCES people (id)
  );
  CREATE TABLE positions (doc VARCHAR(10), line INT, text TEXT, PRIMARY KEY (doc, line));
  INSERT INTO people (id, code, boss) VALUES (1, 'a', NULL), (2, 'b', 1), (3, 'c', NULL);
  INSERT INTO positions VALUES ('x', 1, 'one'), ('x', 2, 'two'), ('y', 1, 'other');
`

test.group('mysql deletes', (group) => {
  let given: GivenDatabase

  group.tap((each) => each.skip(missing !== null, missing ?? ''))
  group.each.setup(async () => {
    given = await GivenDatabase.open(TABLES)
    return () => given.close()
  })

  test('by what records are matched by, and what is gone is unchanged', async ({ assert }) => {
    const records = ['C', 'nobody', 'c', 'b'].map((code) => ({ code }))
    const outcomes = await given.write('people', 'delete', { records })
    const states = outcomes.map(({ state }) => state)
    assert.deepEqual(states, ['deleted', 'unchanged', 'unchanged', 'deleted'])
    assert.deepEqual(await given.rows('SELECT code FROM people'), [{ code: 'a' }])
  })

  test('a row that others point to stays, and takes no other with it', async ({ assert }) => {
    const ids = ['1', '3']
    const records = ids.map(() => ({}))
    const outcomes = await given.write('people', 'delete', { match: { by: 'id' }, records, ids })
    assert.containSubset(outcomes, [
      { state: 'rejected', code: 'ER_ROW_IS_REFERENCED_2', field: 'boss' },
      { state: 'deleted', id: '3' },
    ])
    const left = await given.rows('SELECT id FROM people ORDER BY id')
    assert.deepEqual(left, [{ id: 1 }, { id: 2 }])
  })

  test('by a key of several columns', async ({ assert }) => {
    const ids = ['["x","2"]', '["z","1"]', 'x']
    const records = ids.map(() => ({}))
    const given3 = { match: { by: 'id' as const }, records, ids }
    const outcomes = await given.write('positions', 'delete', given3)
    assert.containSubset(outcomes, [
      { state: 'deleted', id: '["x","2"]' },
      { state: 'unchanged' },
      { state: 'rejected', code: 'INVALID_ID' },
    ])
    const left = await given.rows('SELECT text FROM positions ORDER BY text')
    assert.deepEqual(left, [{ text: 'one' }, { text: 'other' }])
  })
})
