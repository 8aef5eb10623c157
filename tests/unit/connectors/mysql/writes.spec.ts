import { test } from '@japa/runner'
import type { RecordValues } from '#sdk'
import { mariadbMissing } from '#tests/support/contract_mariadb'
import { GivenDatabase } from './given_database.js'

const missing = await mariadbMissing()
const TABLES = `
  CREATE TABLE people (
    id INT AUTO_INCREMENT PRIMARY KEY, code VARCHAR(20) NOT NULL UNIQUE, name VARCHAR(10),
    age TINYINT, boss INT, UNIQUE KEY by_name_and_age (name, age),
    FOREIGN KEY (boss) REFERENCES people (id)
  );
  CREATE TABLE positions (
    doc VARCHAR(10), line INT, text TEXT, PRIMARY KEY (doc, line)
  );
`

test.group('mysql writes', (group) => {
  let given: GivenDatabase

  group.tap((each) => each.skip(missing !== null, missing ?? ''))
  group.each.setup(async () => {
    given = await GivenDatabase.open(TABLES)
    return () => given.close()
  })

  test('an upsert tells created, updated and unchanged apart', async ({ assert }) => {
    const person = (code: string, name: string) => ({ code, name, age: 30 })
    const first = await given.write('people', 'upsert', {
      records: [person('a', 'Ann'), person('b', 'Bob'), person('c', 'Cid')],
    })
    assert.deepEqual(first, [
      { index: 0, state: 'created', id: '1' },
      { index: 1, state: 'created', id: '2' },
      { index: 2, state: 'created', id: '3' },
    ])
    const second = await given.write('people', 'upsert', {
      records: [person('d', 'Dan'), person('B', 'Bobby'), person('a', 'Ann')],
    })
    assert.deepEqual(second, [
      { index: 0, state: 'created', id: '4' },
      { index: 1, state: 'updated', id: '2' },
      { index: 2, state: 'unchanged', id: '1' },
    ])
    const rows = await given.rows('SELECT name FROM people ORDER BY id')
    assert.deepEqual(
      rows.map((row) => row.name),
      ['Ann', 'Bobby', 'Cid', 'Dan']
    )
  })

  test('rows that are refused take no others down', async ({ assert }) => {
    await given.db.query(`INSERT INTO people (code, name, age) VALUES ('held', 'Eve', 5)`)
    const good = Array.from({ length: 20 }, (_, at) => ({
      code: `g${at}`,
      name: `G${at}`,
      age: at,
    }))
    const bad = [
      { code: 'x1', name: 'far too long a name', age: 1 },
      { code: null, name: 'x2', age: 1 },
      { code: 'x3', name: 'x3', age: 1000 },
      { code: 'x4', name: 'x4', age: 'old' },
      { code: 'x5', name: 'Eve', age: 5 },
    ]
    const records = [...good.slice(0, 10), ...bad, ...good.slice(10)]
    const outcomes = await given.write('people', 'upsert', { records })
    assert.lengthOf(outcomes, 25)
    assert.containSubset(outcomes.slice(10, 15), [
      { state: 'rejected', code: 'ER_DATA_TOO_LONG', field: 'name' },
      { state: 'rejected', code: 'ER_BAD_NULL_ERROR', field: 'code' },
      { state: 'rejected', code: 'ER_WARN_DATA_OUT_OF_RANGE', field: 'age' },
      { state: 'rejected', code: 'NOT_A_NUMBER', field: 'age' },
      { state: 'rejected', code: 'ER_DUP_ENTRY', field: 'name' },
    ])
    const others = outcomes.filter(({ index }) => index < 10 || index > 14)
    assert.isTrue(others.every(({ state }) => state === 'created'))
    for (const outcome of outcomes.slice(10, 15)) {
      assert.match('message' in outcome ? outcome.message : '', /^[A-Zac].* .*\.$/)
    }
    const [{ count }] = await given.rows('SELECT COUNT(*) AS count FROM people')
    assert.equal(count, 21)
  })

  test('a foreign key without its row is refused by name', async ({ assert }) => {
    const records = [
      { code: 'a', boss: 999 },
      { code: 'b', boss: null },
    ]
    const [first, second] = await given.write('people', 'insert', { records })
    assert.containSubset(first, { state: 'rejected', field: 'boss' })
    assert.match('message' in first ? first.message : '', /Bring that one first/)
    assert.equal(second.state, 'created')
  })

  test('an update changes what is there, by field and by id, and tells what is not', async ({
    assert,
  }) => {
    await given.write('people', 'insert', { records: [{ code: 'a' }, { code: 'b' }] })
    const byField = await given.write('people', 'update', {
      records: [
        { code: 'b', name: 'Bob' },
        { code: 'z', name: 'Zoe' },
      ],
    })
    assert.deepEqual(byField[0], { index: 0, state: 'updated', id: '2' })
    assert.containSubset(byField[1], { state: 'rejected', code: 'NOT_FOUND' })
    const byId = await given.write('people', 'update', {
      match: { by: 'id' },
      ids: ['1', '99', 'x'],
      records: [{ name: 'Ann' }, { name: 'No' }, { name: 'No' }],
    })
    assert.deepEqual(byId[0], { index: 0, state: 'updated', id: '1' })
    assert.containSubset(byId.slice(1), [{ code: 'NOT_FOUND' }, { code: 'INVALID_ID' }])
    assert.deepEqual(await given.rows('SELECT id, code, name FROM people ORDER BY id'), [
      { id: 1, code: 'a', name: 'Ann' },
      { id: 2, code: 'b', name: 'Bob' },
    ])
  })

  test('a key of several columns is an id, and records need not have the same fields', async ({
    assert,
  }) => {
    const match = { by: 'fields' as const, fields: ['line', 'doc'] }
    const records: RecordValues[] = [
      { doc: 'A', line: 1, text: 'one' },
      { doc: 'A', line: 2 },
    ]
    const first = await given.write('positions', 'upsert', { match, records })
    assert.deepEqual(
      first.map((each) => 'id' in each && each.id),
      ['["A","1"]', '["A","2"]']
    )
    const again = await given.write('positions', 'update', {
      match: { by: 'id' },
      ids: ['["A","2"]'],
      records: [{ text: 'two' }],
    })
    assert.deepEqual(again, [{ index: 0, state: 'updated', id: '["A","2"]' }])
    const [{ text }] = await given.rows('SELECT text FROM positions WHERE line = 2')
    assert.equal(text, 'two')
  })

  test('a match without a unique index is refused with the cure', async ({ assert }) => {
    const match = { by: 'fields' as const, fields: ['name'] }
    const records = [{ code: 'a', name: 'Ann' }]
    await assert.rejects(
      () => given.write('people', 'upsert', { match, records }),
      /no unique index over name, .*Create one, or match by id, or name with age, or code\.|code, or name with age\./
    )
  })

  test('lookup finds by match and, without one, by all values', async ({ assert }) => {
    await given.write('people', 'insert', { records: [{ code: 'a', name: 'Ann', age: 3 }] })
    const byMatch = await given.lookup('people', 'insert', {
      records: [{ code: 'z' }, { code: 'a' }],
    })
    assert.deepEqual(byMatch, { found: [{ index: 1, id: '1' }], certain: true })
    const byAll = await given.lookup('people', 'insert', {
      match: { by: 'id' },
      records: [
        { name: 'Ann', age: 3 },
        { name: 'Ann', age: 4 },
      ],
    })
    assert.deepEqual(byAll, { found: [{ index: 0, id: '1' }], certain: true })
  })

  test('a user that may not write is told what to grant', async ({ assert, cleanup }) => {
    const { database } = given.settings
    await given.db.query(`CREATE USER 'r_${database}'@'%' IDENTIFIED BY 'pass-word';
      GRANT SELECT ON ${database}.* TO 'r_${database}'@'%'`)
    cleanup(() => given.db.query(`DROP USER 'r_${database}'@'%'`).then(() => undefined))
    const ctx = given.context(`r_${database}`, 'pass-word')
    await assert.rejects(
      () => given.write('people', 'insert', { records: [{ code: 'a' }] }, ctx),
      /may not change this table\. Grant the user SELECT, INSERT and UPDATE/
    )
    assert.equal(await ctx.leftOpen(), 0)
    await assert.rejects(
      () => given.write('people', 'upsert', { records: [{ code: 'a' }] }, ctx),
      /may not change this table/
    )
  })

  test('two batches at once leave one row of each record', async ({ assert }) => {
    const records = Array.from({ length: 40 }, (_, at) => ({ code: `c${at}`, age: at }))
    const write = () => given.write('people', 'upsert', { records })
    const answers = await Promise.allSettled([write(), write(), write()])
    for (const answer of answers) {
      if (answer.status === 'rejected') assert.propertyVal(answer.reason, 'kind', 'transient')
      else assert.isFalse(answer.value.some((outcome) => outcome.state === 'rejected'))
    }
    const last = await write()
    assert.isTrue(last.every(({ state }) => state === 'created' || state === 'unchanged'))
    assert.lengthOf(await given.rows('SELECT id FROM people'), 40)
  })
})
