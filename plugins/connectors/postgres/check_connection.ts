import { escapeLiteral } from 'pg'
import { checkAgainAfter, type CheckResult, type Context } from '#sdk'
import { ConnectionFailure } from './explain_failure.js'
import { openSession } from './open_session.js'

export async function checkConnection(ctx: Context): Promise<CheckResult> {
  try {
    const session = await openSession(ctx)
    try {
      const { database, host, schema } = ctx.settings
      const [server] = await session.rows<{ version: string; schemas: string }>(
        `SELECT current_setting('server_version') AS version, count(*) AS schemas
         FROM pg_namespace WHERE nspname = ${escapeLiteral(String(schema))}`
      )
      if (Number(server.schemas) === 0) {
        const message = `Database ${database} has no schema named ${schema}. Check its name.`
        return { ok: false, message, field: 'schema' }
      }
      return {
        ok: true,
        message: `Connected to database ${database} on ${host} (PostgreSQL ${server.version}).`,
        identity: `${database} on ${host}`,
      }
    } finally {
      await session.close()
    }
  } catch (error) {
    if (!(error instanceof ConnectionFailure)) throw error
    const tryAfter = error.field === null ? checkAgainAfter(error) : null
    if (tryAfter !== null) return { ok: false, message: error.message, tryAfter }
    return { ok: false, message: error.message, field: error.field ?? 'host' }
  }
}
