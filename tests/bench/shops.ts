import { createConnection } from 'mysql2/promise'
import { createShop } from '#simulators/shop/create_shop'
import type { PrivateMariadb } from '#simulators/shop/start_mariadb'

/** A shop of this many orders in a database of its own; answers its address. */
export async function shopOf(mariadb: PrivateMariadb, records: number): Promise<string> {
  const url = await databaseOn(mariadb, `shop_${records}`)
  await createShop({ kind: 'mysql', url }, { records, seed: 1 })
  return url
}

export async function databaseOn(mariadb: PrivateMariadb, name: string): Promise<string> {
  const connection = await createConnection({ uri: mariadb.url })
  await connection.query(`CREATE DATABASE IF NOT EXISTS ${name} CHARACTER SET utf8mb4`)
  await connection.end()
  const url = new URL(mariadb.url)
  url.pathname = `/${name}`
  return url.href
}
