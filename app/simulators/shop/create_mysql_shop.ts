import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise'
import { makeOrder } from './make_order.js'
import { orderColumns } from './shop_order.js'
import { createIndex, createTable, shopVersion } from './table.js'

const rowsPerInsert = 1000

/** Answers whether it had to be made. */
export async function createMysqlShop(
  url: string,
  { records, seed }: { records: number; seed: number }
): Promise<boolean> {
  const connection = await createConnection({ uri: url, charset: 'utf8mb4', timezone: 'Z' })
  try {
    const comment = `crossdock shop ${shopVersion}, seed ${seed}, ${records} records`
    if (await stands(connection, comment, records)) return false
    await connection.query('DROP TABLE IF EXISTS orders')
    await connection.query(createTable('mysql', comment))
    await fill(connection, records, seed)
    await connection.query(createIndex)
    return true
  } finally {
    await connection.end()
  }
}

async function stands(connection: Connection, comment: string, records: number): Promise<boolean> {
  const [tables] = await connection.query<RowDataPacket[]>(
    `SELECT table_comment AS comment FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_name = 'orders'`
  )
  if (tables[0]?.comment !== comment) return false
  const [rows] = await connection.query<RowDataPacket[]>('SELECT count(*) AS count FROM orders')
  return Number(rows[0].count) === records
}

async function fill(connection: Connection, records: number, seed: number): Promise<void> {
  await connection.beginTransaction()
  for (let first = 1; first <= records; first += rowsPerInsert) {
    const rows = []
    for (let id = first; id < first + rowsPerInsert && id <= records; id++) {
      const order = makeOrder(seed, id)
      rows.push(orderColumns.map((column) => order[column]))
    }
    await connection.query(`INSERT INTO orders (${orderColumns.join(', ')}) VALUES ?`, [rows])
  }
  await connection.commit()
}
