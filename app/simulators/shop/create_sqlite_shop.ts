import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { makeOrder } from './make_order.js'
import { orderColumns } from './shop_order.js'
import { createIndex, createTable, shopVersion } from './table.js'

/** Answers whether it had to be made. */
export function createSqliteShop(
  path: string,
  { records, seed }: { records: number; seed: number }
): boolean {
  mkdirSync(dirname(path), { recursive: true })
  const database = new Database(path)
  try {
    database.pragma('journal_mode = WAL')
    if (stands(database, records, seed)) return false
    database.transaction(() => fill(database, records, seed))()
    return true
  } finally {
    database.close()
  }
}

// SQLite has no comment on a table; its user_version is free for us.
function stands(database: Database.Database, records: number, seed: number): boolean {
  if (database.pragma('user_version', { simple: true }) !== mark(records, seed)) return false
  return database.prepare('SELECT count(*) FROM orders').pluck().get() === records
}

function mark(records: number, seed: number): number {
  return (Math.imul(shopVersion, 0x9e3779b1) ^ Math.imul(seed, 0x85ebca6b) ^ records) & 0x7fffffff
}

function fill(database: Database.Database, records: number, seed: number): void {
  database.exec('DROP TABLE IF EXISTS orders')
  database.exec(createTable('sqlite'))
  const insert = database.prepare(
    `INSERT INTO orders (${orderColumns.join(', ')}) VALUES (${orderColumns.map(() => '?').join(', ')})`
  )
  for (let id = 1; id <= records; id++) {
    const order = makeOrder(seed, id)
    insert.run(orderColumns.map((column) => order[column]))
  }
  database.exec(createIndex)
  database.pragma(`user_version = ${mark(records, seed)}`)
}
