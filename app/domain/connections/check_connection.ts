import { DateTime } from 'luxon'
import Authorization, { digest } from '#domain/connections/authorization'
import Connection from '#domain/connections/connection'
import { grantConnection, groundsOf } from '#domain/connections/connection_grant'
import { refusedCheck, untestedText } from '#domain/connections/untested'
import { inquire } from '#domain/runners'
import { ConnectorError } from '#sdk'
import type { CheckResult } from '#sdk'

/**
 * Tries a connection and keeps what came of it. A connection stays with the account it was first
 * checked against, and as it was where it could not be tried.
 */
export async function checkConnection(connection: Connection): Promise<CheckResult> {
  const result = pinned(connection, await ask(connection))
  if (!result.ok && result.tryAfter !== undefined) {
    const said = untestedText(result.message, result.tryAfter)
    return { ...result, message: `${said} It is left as it was.` }
  }
  const fresh = await Connection.findOrFail(connection.id)
  fresh.merge({
    health: result.ok ? 'ok' : 'broken',
    healthMessage: result.message,
    checkedAt: DateTime.utc(),
  })
  if (result.ok) {
    fresh.merge({
      lastGoodAt: DateTime.utc(),
      identity: result.identity ?? fresh.identity,
      account: result.account ?? fresh.account,
      facts: result.facts ?? fresh.facts,
      limits: result.limits ?? fresh.limits,
      settings: { ...fresh.settings, ...result.settings },
    })
  }
  await fresh.save()
  if (result.ok && result.user !== undefined) await keepUser(fresh, result.user)
  return result
}

/** Whose right a refresh token is that was pasted or came in a file. */
async function keepUser(connection: Connection, user: { id: string; name: string }) {
  const known = await Authorization.find(connection.id)
  const { clientId = '', refreshToken } = await connection.secrets()
  const vendor = { vendorUser: user.id, vendorUserName: user.name }
  if (known !== null) {
    await known.merge(vendor).save()
    return
  }
  await Authorization.create({
    ...vendor,
    connectionId: connection.id,
    kind: refreshToken ? 'refresh_token' : 'client_credentials',
    clientHash: digest(clientId),
    tokenHash: refreshToken ? digest(refreshToken) : null,
    scopes: null,
    authorizedAt: connection.createdAt,
  })
}

async function ask(connection: Connection): Promise<CheckResult> {
  try {
    return await inquire<'check'>({
      ask: 'check',
      connection: await grantConnection(connection),
      grounds: await groundsOf(connection.tenantId),
    })
  } catch (error) {
    if (error instanceof ConnectorError) return refusedCheck(error)
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
