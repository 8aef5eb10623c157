import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { startMariadb } from '#simulators/shop/start_mariadb'

export interface TestDatabase {
  /** `mysql://user:pass@host:port/name`, an empty database of its own. */
  url: string
  close(): Promise<void>
}

/**
 * An empty database on the run's MariaDB (CROSSDOCK_TEST_MYSQL), or on one started for this
 * test alone.
 */
export async function createMariadbDatabase(): Promise<TestDatabase> {
  const given = process.env.CROSSDOCK_TEST_MYSQL
  return given ? createDatabase(given, async () => {}) : createServerAndDatabase()
}

async function createServerAndDatabase(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'crossdock-mariadb-'))
  const server = await startMariadb(folder)
  return createDatabase(server.url, async () => {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  })
}

async function createDatabase(server: string, after: () => Promise<void>): Promise<TestDatabase> {
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`
  const url = new URL(server)
  url.pathname = `/${name}`
  await runSql(server, `CREATE DATABASE ${name} CHARACTER SET utf8mb4`)
  return {
    url: url.href,
    async close() {
      await runSql(server, `DROP DATABASE IF EXISTS ${name}`)
      await after()
    },
  }
}

async function runSql(url: string, sql: string): Promise<void> {
  const connection = await createConnection({ uri: url, database: undefined })
  try {
    await connection.query(sql)
  } finally {
    await connection.end()
  }
}
