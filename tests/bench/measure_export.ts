import { createConnection } from 'mysql2/promise'
import { compareSpeeds, type Speed } from './compare_speeds.js'
import { exportOf } from './definitions.js'
import { connectionName, type House } from './house.js'
import type { Options, Storage } from './options.js'
import { databaseOn } from './shops.js'
import type { Verdicts } from './verdicts.js'
import type { Yard } from './yard.js'

const least = 0.4
const columns = [
  'id VARCHAR(30) PRIMARY KEY',
  'Order_Ref VARCHAR(50)',
  'Deal_Name VARCHAR(120)',
  'Amount DECIMAL(16, 2)',
  'Closing_Date DATE',
  'Stage VARCHAR(120)',
  'Customer_Email VARCHAR(100)',
  'Customer_Phone VARCHAR(50)',
  'City VARCHAR(100)',
  'Country VARCHAR(50)',
  'Item_Count INT',
  'Is_Gift TINYINT(1)',
  'Description TEXT',
]

/** Every deal by one bulk read into an empty table, for each side one of its own. */
export async function measureExport(
  { yard, house, verdicts }: { yard: Yard; house: House; verdicts: Verdicts },
  { rows, rounds, isQuick }: Options,
  storage: Storage
): Promise<Speed> {
  const url = await databaseOn(yard.mariadb, 'warehouse')
  await yard.holdDeals(rows)
  return compareSpeeds(
    { title: 'export', storage, records: rows, rounds },
    { verdicts, least, isQuick },
    {
      house,
      async bare(round) {
        const table = await emptyTable(url, `${storage}_bare_${round}`)
        return yard.bare('baseline_export.ts', [], {
          BENCH_TABLE_URL: url,
          BENCH_TABLE: table,
        })
      },
      async ours(round) {
        const table = await emptyTable(url, `${storage}_ours_${round}`)
        const name = `export-${round}`
        await house.prepare(url, exportOf(name, connectionName(url), table))
        const report = await house.perform(name)
        await assertFull(url, table, rows)
        return report
      },
    }
  )
}

async function emptyTable(url: string, table: string): Promise<string> {
  await query(url, `DROP TABLE IF EXISTS ${table}`)
  await query(url, `CREATE TABLE ${table} (${columns.join(', ')}) CHARACTER SET utf8mb4`)
  return table
}

async function assertFull(url: string, table: string, rows: number): Promise<void> {
  const answer = await query(url, `SELECT COUNT(*) AS n FROM ${table}`)
  const [first] = Array.isArray(answer) ? answer : []
  const count = Number(Reflect.get(Object(first), 'n'))
  if (count !== rows) throw new Error(`The table holds ${count} of ${rows} records`)
}

async function query(url: string, sql: string): Promise<unknown> {
  const connection = await createConnection({ uri: url })
  try {
    const [answer] = await connection.query(sql)
    return answer
  } finally {
    await connection.end()
  }
}
