import { checkAgainAfter, type CheckResult, type Context } from '#sdk'
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
    if (error.field === 'user' && (await isWelcomeOverTls(ctx))) {
      const message = 'The server lets this user in over an encrypted connection only. Turn TLS on.'
      return { ok: false, message, field: 'tls' }
    }
    const tryAfter = error.field === null ? checkAgainAfter(error) : null
    if (tryAfter !== null) return { ok: false, message: error.message, tryAfter }
    return { ok: false, message: error.message, field: error.field ?? 'host' }
  }
}

/** MariaDB answers "access denied" where only the encryption is missing. */
async function isWelcomeOverTls(ctx: Context): Promise<boolean> {
  if (ctx.settings.tls === true) return false
  try {
    const session = await openSession(ctx, { ...ctx.settings, tls: true, tlsVerify: false })
    await session.close()
    return true
  } catch (error) {
    if (error instanceof ConnectionFailure) return error.field === 'database'
    throw error
  }
}
