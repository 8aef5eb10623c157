import { test } from '@japa/runner'
import { createConnection } from 'mysql2/promise'
import type { FieldType, Value } from '#sdk'
import { contractContext } from '#tests/support/contract_context'
import { contractMariadb, mariadbMissing } from '#tests/support/contract_mariadb'
import mysql from '../../plugins/connectors/mysql/connector.js'

/** Declared type, what is stored as SQL, the field's type, what is read. */
const VALUES: Array<[string, string, FieldType, Value]> = [
  ['BIGINT', '9007199254740991', 'integer', 9_007_199_254_740_991],
  ['BIGINT', '-9007199254740993', 'integer', '-9007199254740993'],
  ['BIGINT UNSIGNED', '18446744073709551615', 'integer', '18446744073709551615'],
  [
    'DECIMAL(30,10)',
    '12345678901234567890.0123456789',
    'decimal',
    '12345678901234567890.0123456789',
  ],
  ['DECIMAL(12,2)', '12.5', 'decimal', '12.50'],
  ['DOUBLE', '1.5e-9', 'decimal', '0.0000000015'],
  ['FLOAT', '1.1', 'decimal', '1.1'],
  ['TINYINT(1)', '1', 'boolean', true],
  ['TINYINT(1)', '0', 'boolean', false],
  ['TINYINT(1)', '7', 'boolean', 7],
  ['BIT(1)', "b'1'", 'boolean', true],
  ['BIT(12)', "b'101'", 'integer', 5],
  ['YEAR', '2026', 'integer', 2026],
  ['DATE', "'2026-02-28'", 'date', '2026-02-28'],
  ['DATE', "'0000-00-00'", 'date', '0000-00-00'],
  ['DATETIME', "'2026-03-29 02:30:00'", 'datetime', '2026-03-29T02:30:00Z'],
  ['DATETIME(6)', "'2026-01-02 03:04:05.000001'", 'datetime', '2026-01-02T03:04:05.000001Z'],
  ['TIMESTAMP(3)', "'2026-01-02 03:04:05.678'", 'datetime', '2026-01-02T03:04:05.678Z'],
  ['DATETIME', "'0000-00-00 00:00:00'", 'datetime', '0000-00-00 00:00:00'],
  ['TIME', "'-101:30:00'", 'text', '-101:30:00'],
  ['CHAR(3)', "'EUR'", 'text', 'EUR'],
  ['VARCHAR(9)', "' a😀 '", 'text', ' a😀 '],
  ['VARCHAR(9) CHARACTER SET latin1', "'Zoë'", 'text', 'Zoë'],
  ["ENUM('new','it''s')", "'it''s'", 'picklist', "it's"],
  ["SET('a','b')", "'a,b'", 'multipicklist', ['a', 'b']],
  ["SET('a','b')", "''", 'multipicklist', []],
  ['VARBINARY(9)', "X'00FF'", 'text', 'AP8='],
  ['JSON', `'{"id":12345678901234567890,"n":1.5}'`, 'json', { id: '12345678901234567890', n: 1.5 }],
  ['POINT', 'POINT(1, 2)', 'text', 'POINT(1 2)'],
  ['TEXT', 'NULL', 'text', null],
]

const missing = await mariadbMissing()

test('mysql reads each type without losing any of it', async ({ assert, cleanup }) => {
  assert.plan(VALUES.length * 2)
  const { host, port, user, password, stop } = await contractMariadb()
  cleanup(stop)
  const database = `crossdock_values_${process.pid}`
  const db = await createConnection({ host, port, user, password, multipleStatements: true })
  const columns = VALUES.map(([type], at) => `c${at} ${type} NULL`)
  const stored = VALUES.map(([, sql]) => sql)
  await db.query(`SET sql_mode = '', time_zone = '+00:00'; CREATE DATABASE ${database}
    CHARACTER SET utf8mb4; USE ${database}; CREATE TABLE t (id INT PRIMARY KEY, ${columns});
    INSERT INTO t VALUES (1, ${stored})`)
  cleanup(async () => {
    await db.query(`DROP DATABASE ${database}`)
    await db.end()
  })

  const settings = { host, port, user, database }
  const ctx = contractContext({ settings, secrets: { password } }, { folder: '', authorize: null })
  const discover = mysql.discover
  if (!discover?.read) throw new Error('mysql cannot be read')
  const stream = await discover.describe(ctx, 't')
  const fields = stream.fields.map((field) => field.name)
  const query = { cursor: null, fields, filter: null, incremental: null, pageSize: 10 }
  for await (const { records } of discover.read(ctx, stream, query)) {
    for (const [at, [declared, , type, expected]] of VALUES.entries()) {
      assert.deepEqual(records[0][`c${at}`], expected, declared)
      assert.equal(stream.fields[at + 1].type, type, declared)
    }
  }
}).skip(missing !== null, missing ?? '')
