import type { CheckResult, Context } from '#sdk'
import { ConnectionFailure } from './explain_failure.js'
import { openSession } from './open_session.js'

export async function checkConnection(ctx: Context): Promise<CheckResult> {
  try {
    const session = await openSession(ctx)
    try {
      const [server] = await session.rows<{ version: string }>('SELECT VERSION() AS version')
      const { database, host } = ctx.settings
      return {
        ok: true,
        message: `Connected to database ${database} on ${host} (${server.version}).`,
        identity: `${database} on ${host}`,
      }
    } finally {
      await session.close()
    }
  } catch (error) {
    if (!(error instanceof ConnectionFailure)) throw error
    return { ok: false, message: error.message, field: error.field ?? 'host' }
  }
}
