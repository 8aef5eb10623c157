import { statfs, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import crossdock from '#config/crossdock'
import { mailServer } from '#config/mail'
import { askMail } from '#commands/doctor_parts/ask_mail'
import { askRedis } from '#commands/doctor_parts/ask_redis'
import { judgePublicUrl } from '#commands/doctor_parts/judge_public_url'
import { withRunners } from '#commands/with_runners'
import { checkConnection } from '#domain/connections/check_connection'
import Connection from '#domain/connections/connection'
import { migrationState, migrationTrouble } from '#domain/migration_state'
import { runners } from '#domain/runners'
import Tenant from '#domain/tenants/tenant'
import { Vault } from '#domain/tenants/vault'

export interface Finding {
  name: string
  ok: boolean
  message: string
}

const NEEDED_NODE = 26
const LEAST_FREE = 1_000_000_000
const MOST_DRIFT = 5_000

/** Looks at one thing after the other. What cannot be looked at is a finding too. */
export async function checkup(): Promise<Finding[]> {
  const findings = [
    await look('runtime', runtime),
    await look('database', database),
    await look('migrations', migrations),
    await look('data folder', dataFolder),
    await look('clock', clock),
    await look('master key', masterKey),
  ]
  const isSound = findings.every(({ ok }) => ok)
  const neighbours = [
    await look('Redis', () => askRedis(crossdock.redisUrl)),
    await look('mail', () => askMail(mailServer)),
    await look('public address', () => judgePublicUrl(crossdock.publicUrl)),
  ]
  const tried = isSound ? await withRunners(threadsAndConnections, crossdock.runners) : []
  return [...findings, ...neighbours, ...tried]
}

async function look(name: string, work: () => Promise<string>): Promise<Finding> {
  try {
    return { name, ok: true, message: await work() }
  } catch (error) {
    return { name, ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}

async function runtime(): Promise<string> {
  const [major] = process.versions.node.split('.').map(Number)
  if (Number(major) >= NEEDED_NODE) return `Node ${process.versions.node}`
  throw new Error(
    `Node ${process.versions.node} is too old, ${NEEDED_NODE} is needed: run npm ci, and start by npm`
  )
}

async function database(): Promise<string> {
  const isMysql = db.connection().dialect.name === 'mysql'
  const rows = await db.rawQuery(`select ${isMysql ? 'version()' : 'sqlite_version()'} as version`)
  const [row] = isMysql ? rows[0] : rows
  return `${isMysql ? 'MySQL' : 'SQLite'} ${row.version}`
}

async function migrations(): Promise<string> {
  const trouble = migrationTrouble(await migrationState())
  if (trouble !== null) throw new Error(trouble)
  return 'database and code fit each other'
}

async function dataFolder(): Promise<string> {
  const probe = join(crossdock.dataRoot, `.probe-${process.pid}`)
  await writeFile(probe, '')
  await unlink(probe)
  const { bavail, bsize } = await statfs(crossdock.dataRoot)
  const free = bavail * bsize
  const gigabytes = (free / 1e9).toFixed(1)
  if (free > LEAST_FREE) return `can be written, ${gigabytes} GB free`
  throw new Error(`only ${gigabytes} GB are free: make room, or move DATA_DIR`)
}

async function clock(): Promise<string> {
  const isMysql = db.connection().dialect.name === 'mysql'
  const sql = isMysql ? 'unix_timestamp(now(3)) * 1000' : "strftime('%s', 'now') * 1000"
  const rows = await db.rawQuery(`select ${sql} as now`)
  const [row] = isMysql ? rows[0] : rows
  const drift = Math.abs(Date.now() - Number(row.now))
  if (drift <= MOST_DRIFT) return `${new Date().toISOString()}, the database agrees`
  throw new Error(`differs from the database's by ${Math.round(drift / 1000)} s: set both by NTP`)
}

async function masterKey(): Promise<string> {
  const tenants = await Tenant.all()
  for (const tenant of tenants) new Vault(tenant)
  return `opens the keys of ${tenants.length} tenants`
}

async function threadsAndConnections(): Promise<Finding[]> {
  const threads = await look('runners', async () => {
    const began = Date.now()
    await runners().settled()
    return `${runners().ready} of ${runners().size} threads were ready after ${Date.now() - began} ms`
  })
  const findings = [threads]
  for (const connection of await Connection.query().orderBy('name')) {
    findings.push(
      await look(`connection ${connection.name}`, async () => {
        const result = await checkConnection(connection)
        if (!result.ok && result.tryAfter === undefined) throw new Error(result.message)
        return result.message
      })
    )
  }
  return findings
}
