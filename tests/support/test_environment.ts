import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mysql from 'mysql2/promise'
import { freePort } from '#simulators/shop/free_port'

type Cleanup = () => Promise<void>

/** Sets everything that the server reads from the environment, before it boots. Nothing of `.env` is used. */
export async function prepareTestEnvironment(): Promise<Cleanup> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'crossdock-test-'))
  Object.assign(process.env, {
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: String(await freePort()),
    APP_URL: '',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'fatal',
    APP_KEY: randomBytes(32).toString('base64url'),
    MASTER_KEY: randomBytes(32).toString('base64'),
    DATA_DIR: dataFolder,
    DB_CONNECTION: process.env.DB_CONNECTION ?? 'sqlite',
    EGRESS_ALLOW: process.env.EGRESS_ALLOW ?? '',
    REDIS_URL: '',
    // A thread that loads a connector on a starved machine says nothing for long, and is not hung.
    LEASE_SECONDS: '60',
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(await freePort()),
    SMTP_USER: '',
    MAIL_FROM: 'crossdock@example.com',
  })
  const dropDatabase = process.env.DB_CONNECTION === 'mysql' ? await createDatabase() : undefined
  return async () => {
    await dropDatabase?.()
    rmSync(dataFolder, { recursive: true, force: true })
  }
}

async function createDatabase(): Promise<Cleanup> {
  const { hostname, port, username, password } = new URL(
    process.env.CROSSDOCK_TEST_MYSQL ?? urlFromSettings()
  )
  const server = {
    host: hostname,
    port: Number(port || 3306),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  }
  const database = `crossdock_test_${process.pid}`
  await onServer(server, `create database \`${database}\` character set utf8mb4`)
  Object.assign(process.env, {
    MYSQL_HOST: server.host,
    MYSQL_PORT: String(server.port),
    MYSQL_USER: server.user,
    MYSQL_PASSWORD: server.password,
    MYSQL_DATABASE: database,
  })
  return () => onServer(server, `drop database if exists \`${database}\``)
}

function urlFromSettings(): string {
  const { MYSQL_HOST, MYSQL_PORT, MYSQL_USER, MYSQL_PASSWORD } = process.env
  const user = encodeURIComponent(MYSQL_USER ?? 'root')
  const password = encodeURIComponent(MYSQL_PASSWORD ?? '')
  return `mysql://${user}:${password}@${MYSQL_HOST ?? '127.0.0.1'}:${MYSQL_PORT ?? '3306'}`
}

async function onServer(server: mysql.ConnectionOptions, statement: string): Promise<void> {
  const connection = await mysql.createConnection(server)
  await connection.query(statement)
  await connection.end()
}
