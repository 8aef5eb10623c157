import { escapeLiteral } from 'pg'
import type { Context, StreamSummary } from '#sdk'
import { openSession } from './open_session.js'

export async function listTables(ctx: Context): Promise<StreamSummary[]> {
  const session = await openSession(ctx)
  try {
    return await session.rows<StreamSummary>(
      `SELECT c.relname AS name, c.relname AS title FROM pg_class c
       JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = ${escapeLiteral(String(ctx.settings.schema))}
         AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
         AND has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE') ORDER BY c.relname`
    )
  } finally {
    await session.close()
  }
}
