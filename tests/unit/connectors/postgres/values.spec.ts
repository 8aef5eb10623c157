import { test } from '@japa/runner'
import type { FieldType, Value } from '#sdk'
import { postgresMissing } from '#tests/support/postgres'
import { GivenDatabase } from './given_database.js'

/** Declared type, what is stored as SQL, the field's type, what is read. */
const VALUES: Array<[string, string, FieldType, Value]> = [
  ['bigint', '9007199254740991', 'integer', 9_007_199_254_740_991],
  ['bigint', '-9007199254740993', 'integer', '-9007199254740993'],
  ['smallint', '-7', 'integer', -7],
  ['numeric(12,2)', '12.5', 'decimal', '12.50'],
  ['numeric', '12345678901234567890.0123456789', 'decimal', '12345678901234567890.0123456789'],
  ['double precision', '1.5e-9', 'decimal', '0.0000000015'],
  ['real', '1.1', 'decimal', '1.1'],
  ['boolean', 'true', 'boolean', true],
  ['date', `'2026-02-28'`, 'date', '2026-02-28'],
  ['date', `'infinity'`, 'date', 'infinity'],
  ['timestamp', `'2026-03-29 02:30:00'`, 'datetime', '2026-03-29T02:30:00.000000Z'],
  ['timestamp(0)', `'2026-03-29 02:30:00'`, 'datetime', '2026-03-29T02:30:00Z'],
  ['timestamptz(3)', `'2026-01-02 03:04:05.678+02'`, 'datetime', '2026-01-02T01:04:05.678Z'],
  ['timestamptz', `'-infinity'`, 'datetime', '-infinity'],
  ['time', `'10:11:12'`, 'text', '10:11:12'],
  ['interval', `'1 day 02:00'`, 'text', '1 day 02:00:00'],
  ['text', `' a😀 '`, 'text', ' a😀 '],
  ['char(5)', `'ab'`, 'text', 'ab   '],
  [
    'uuid',
    `'00000000-0000-4000-8000-00000000000A'`,
    'text',
    '00000000-0000-4000-8000-00000000000a',
  ],
  ['mood', `'it''s'`, 'picklist', `it's`],
  ['price', '7', 'decimal', '7.00'],
  ['bytea', `'\\x00ff'`, 'text', 'AP8='],
  [
    'jsonb',
    `'{"id":12345678901234567890,"n":1.5}'`,
    'json',
    { id: '12345678901234567890', n: 1.5 },
  ],
  ['json', `'null'`, 'json', null],
  ['text[]', `ARRAY['a', NULL, 'b"c']`, 'json', ['a', null, 'b"c']],
  [
    'int[]',
    `'{{1,2},{3,4}}'`,
    'json',
    [
      [1, 2],
      [3, 4],
    ],
  ],
  ['inet', `'10.0.0.1'`, 'text', '10.0.0.1'],
  ['text', 'NULL', 'text', null],
]

const missing = postgresMissing()

test('postgres reads each type without losing any of it', async ({ assert, cleanup }) => {
  assert.plan(VALUES.length * 2)
  const columns = VALUES.map(([type], at) => `c${at} ${type} NULL`)
  const given = await GivenDatabase.open(`CREATE TYPE mood AS ENUM ('sad', 'it''s');
    CREATE DOMAIN price AS numeric(6, 2); CREATE TABLE t (id int PRIMARY KEY, ${columns.join(', ')});
    INSERT INTO t VALUES (1, ${VALUES.map(([, sql]) => sql).join(', ')})`)
  cleanup(() => given.close())
  const stream = await given.describe('t')
  const [record] = await given.read('t')
  for (const [at, [declared, , type, expected]] of VALUES.entries()) {
    assert.deepEqual(record[`c${at}`], expected, declared)
    assert.equal(stream.fields[at + 1].type, type, declared)
  }
}).skip(missing !== null, missing ?? '')

test('postgres writes each type back as it was read', async ({ assert, cleanup }) => {
  const written = VALUES.filter(([, , , value]) => value !== null)
  const columns = written.map(([type], at) => `c${at} ${type} NULL`)
  const given = await GivenDatabase.open(`CREATE TYPE mood AS ENUM ('sad', 'it''s');
    CREATE DOMAIN price AS numeric(6, 2); CREATE TABLE t (id int PRIMARY KEY, ${columns.join(', ')})`)
  cleanup(() => given.close())
  const values = written.map(([, , , value], at) => [`c${at}`, value])
  const record = { id: 1, ...Object.fromEntries(values) }
  const match = { by: 'fields' as const, fields: ['id'] }
  const write = () => given.write('t', 'upsert', { match, records: [record] })
  assert.deepEqual(await write(), [{ index: 0, state: 'created', id: '1' }])
  assert.deepEqual(await given.read('t'), [record])
  assert.deepEqual(await write(), [{ index: 0, state: 'unchanged', id: '1' }])
}).skip(missing !== null, missing ?? '')
