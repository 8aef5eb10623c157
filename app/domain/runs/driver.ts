import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Database } from 'better-sqlite3'
import type { Connection, ResultSetHeader } from 'mysql2'

export type Value = string | number | Buffer | null

/** Runs `work` on the driver's own connection: the transaction's, or one borrowed from the pool. */
export async function withDriver<Result>(
  client: QueryClientContract,
  work: (raw: Database | Connection) => Promise<Result>
): Promise<Result> {
  const knex = client.getWriteClient().client
  const raw = await knex.acquireConnection()
  try {
    return await work(raw)
  } finally {
    await knex.releaseConnection(raw)
  }
}

/** Runs a statement that both databases understand and keep prepared. Answers how many rows it found. */
export function execute(
  client: QueryClientContract,
  sql: string,
  values: Value[]
): Promise<number> {
  return withDriver(client, async (raw) =>
    'pragma' in raw ? raw.prepare(sql).run(values).changes : executeOnMysql(raw, sql, values)
  )
}

export function executeOnMysql(raw: Connection, sql: string, values: Value[]): Promise<number> {
  return new Promise((resolve, reject) => {
    raw.execute<ResultSetHeader>(sql, values, (error, answer) =>
      error === null ? resolve(answer.affectedRows) : reject(error)
    )
  })
}
