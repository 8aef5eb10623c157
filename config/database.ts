import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import env from '#start/env'
import crossdock from '#config/crossdock'
import { defineConfig } from '@adonisjs/lucid'

const migrations = { naturalSort: true, paths: ['database/migrations'] }

/**
 * A transaction that begins by reading cannot write any more once another process has
 * written; it would fail at once, whatever the busy timeout. So every one begins as a writer
 * and waits its turn.
 */
function beginAsWriter(connection: Database): void {
  const prepare = connection.prepare.bind(connection)
  connection.prepare = ((sql: string) =>
    prepare(sql === 'BEGIN;' ? 'BEGIN IMMEDIATE;' : sql)) as Database['prepare']
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
          beginAsWriter(connection)
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
