import { setTimeout as delay } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { createConnection } from 'mysql2/promise'
import type { Environment } from './child.js'

const LOOK_EVERY = 250
const PATIENCE = 15 * 60_000
const QUERY = 'select finished_at from runs where id = ?'

interface Look {
  isOver(id: string): Promise<boolean>
  close(): Promise<void> | void
}

/** Waits for the end of a run by a look at the server's database: a command would boot beside it. */
export async function untilRunEnds(env: Environment, file: string, id: string): Promise<void> {
  const look = env.DB_CONNECTION === 'mysql' ? await lookAtMysql(env) : lookAtSqlite(file)
  const deadline = Date.now() + PATIENCE
  try {
    while (!(await look.isOver(id))) {
      if (Date.now() > deadline) throw new Error(`Run ${id} did not end in 15 minutes`)
      await delay(LOOK_EVERY)
    }
  } finally {
    await look.close()
  }
}

function lookAtSqlite(file: string): Look {
  const database = new Database(file, { readonly: true })
  const statement = database.prepare(QUERY)
  return {
    isOver: async (id) => isOver(statement.get(id)),
    close: () => void database.close(),
  }
}

async function lookAtMysql(env: Environment): Promise<Look> {
  const connection = await createConnection({
    host: env.MYSQL_HOST,
    port: Number(env.MYSQL_PORT),
    user: env.MYSQL_USER,
    password: env.MYSQL_PASSWORD,
    database: env.MYSQL_DATABASE,
  })
  return {
    async isOver(id) {
      const [rows] = await connection.query(QUERY, [id])
      return isOver(Array.isArray(rows) ? rows[0] : undefined)
    },
    close: () => connection.end(),
  }
}

function isOver(row: unknown): boolean {
  return typeof row === 'object' && row !== null && Reflect.get(row, 'finished_at') !== null
}
