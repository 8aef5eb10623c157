import type { Context, StreamSummary } from '#sdk'
import { openSession } from './open_session.js'

export async function listTables(ctx: Context): Promise<StreamSummary[]> {
  const session = await openSession(ctx)
  try {
    return await session.rows<StreamSummary>(
      `SELECT TABLE_NAME AS name, TABLE_NAME AS title FROM information_schema.TABLES
       WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE IN ('BASE TABLE', 'VIEW')
       ORDER BY TABLE_NAME`
    )
  } finally {
    await session.close()
  }
}
