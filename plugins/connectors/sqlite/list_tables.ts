import type { Context, StreamSummary } from '#sdk'
import { withDatabase } from './open_database.js'

export function listTables(ctx: Context): Promise<StreamSummary[]> {
  return withDatabase(ctx, (db) =>
    db
      .prepare<[], StreamSummary>(
        `SELECT name, name AS title FROM sqlite_schema
         WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`
      )
      .all()
  )
}
