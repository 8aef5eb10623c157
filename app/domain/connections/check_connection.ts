import { DateTime } from 'luxon'
import Connection from '#domain/connections/connection'
import { grantConnection, groundsOf } from '#domain/connections/connection_grant'
import { inquire } from '#domain/runners'
import { ConnectorError } from '#sdk'
import type { CheckResult } from '#sdk'

/** Tries a connection and keeps what came of it. A connection stays with the account it was first checked against. */
export async function checkConnection(connection: Connection): Promise<CheckResult> {
  const result = pinned(connection, await ask(connection))
  const fresh = await Connection.findOrFail(connection.id)
  fresh.merge({
    health: result.ok ? 'ok' : 'broken',
    healthMessage: result.message,
    checkedAt: DateTime.utc(),
  })
  if (result.ok) {
    fresh.merge({
      identity: result.identity ?? fresh.identity,
      limits: result.limits ?? fresh.limits,
      settings: { ...fresh.settings, ...result.settings },
    })
  }
  await fresh.save()
  return result
}

async function ask(connection: Connection): Promise<CheckResult> {
  try {
    return await inquire<'check'>({
      ask: 'check',
      connection: await grantConnection(connection),
      grounds: await groundsOf(connection.tenantId),
    })
  } catch (error) {
    if (error instanceof ConnectorError) return { ok: false, message: error.message }
    throw error
  }
}

function pinned(connection: Connection, result: CheckResult): CheckResult {
  const { identity } = connection
  if (!result.ok || identity === null || result.identity === undefined) return result
  if (result.identity === identity) return result
  return {
    ok: false,
    message: `This connection belongs to the account ${identity}, but the sign-in leads to ${result.identity}: make a new connection for the other account`,
  }
}
