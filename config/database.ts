import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Database, Statement } from 'better-sqlite3'
import env from '#start/env'
import crossdock from '#config/crossdock'
import { defineConfig } from '@adonisjs/lucid'

const migrations = { naturalSort: true, paths: ['database/migrations'] }

/** Statements that a connection keeps prepared, and the length of the longest of them. */
const [MOST_KEPT, LONGEST_KEPT] = [500, 4_000]

/**
 * A transaction that begins by reading cannot write any more once another process has
 * written; it would fail at once, whatever the busy timeout. So every one begins as a writer
 * and waits its turn. Statements are kept: the query builder would have each parsed anew.
 */
function prepareOnce(connection: Database): void {
  const prepare = connection.prepare.bind(connection)
  const kept = new Map<string, Statement>()
  connection.prepare = ((sql: string) => {
    const known = kept.get(sql)
    if (known !== undefined) return known
    const statement = prepare(sql === 'BEGIN;' ? 'BEGIN IMMEDIATE;' : sql)
    if (sql.length > LONGEST_KEPT) return statement
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(sql, statement)
    return statement
  }) as Database['prepare']
}

/** A commit outlives the loss of power. The databases of tests do not outlive the test. */
export const synchronousIn = (environment: string) => (environment === 'test' ? 'OFF' : 'FULL')

mkdirSync(crossdock.dataRoot, { recursive: true, mode: 0o700 })

export default defineConfig({
  connection: env.get('DB_CONNECTION', 'sqlite'),
  connections: {
    sqlite: {
      client: 'better-sqlite3',
      connection: { filename: join(crossdock.dataRoot, 'crossdock.sqlite') },
      useNullAsDefault: true,
      pool: {
        min: 1,
        max: 1,
        afterCreate(connection: Database, done: () => void) {
          prepareOnce(connection)
          connection.pragma('journal_mode = WAL')
          connection.pragma(`synchronous = ${synchronousIn(env.get('NODE_ENV'))}`)
          connection.pragma('foreign_keys = ON')
          connection.pragma('cache_size = -32000')
          connection.pragma('wal_autocheckpoint = 4000')
          connection.pragma('busy_timeout = 5000')
          done()
        },
      },
      migrations,
      schemaGeneration: { enabled: false },
    },
    mysql: {
      client: 'mysql2',
      connection: {
        host: env.get('MYSQL_HOST', '127.0.0.1'),
        port: env.get('MYSQL_PORT', 3306),
        user: env.get('MYSQL_USER', 'crossdock'),
        password: env.get('MYSQL_PASSWORD')?.release() ?? '',
        database: env.get('MYSQL_DATABASE', 'crossdock'),
        charset: 'utf8mb4',
        timezone: 'Z',
      },
      pool: { min: 1, max: 10 },
      migrations,
      schemaGeneration: { enabled: false },
    },
  },
})
