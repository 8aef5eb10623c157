import { setTimeout as wait } from 'node:timers/promises'
import { DateTime } from 'luxon'
import { v7 as uuid } from 'uuid'
import AccessToken from '#domain/connections/access_token'
import Connection from '#domain/connections/connection'
import { declarationOf } from '#domain/connections/declaration'
import type { Declaration } from '#domain/connections/declaration'
import { requestToken } from '#domain/connections/request_token'
import Tenant from '#domain/tenants/tenant'
import { Vault } from '#domain/tenants/vault'
import { ConnectorError } from '#sdk'
import type { Ports } from '#workers/messages'

const LOCK_FOR = 30_000
const GIVE_UP_AFTER = 60_000
const RENEW_BEFORE = 5 * 60_000
const WINDOW = 10 * 60_000
/** Zoho blocks the eleventh refresh within ten minutes; the last one is kept for a person's test. */
const MOST_IN_WINDOW = 9

interface Grant {
  header: string
  expiresAt: number
}

/** Hands out access tokens. One renewal at a time per connection, across threads and processes. */
export const tokenPort: Ports['token'] = {
  async get(connectionId, stale) {
    const connection = await Connection.findOrFail(connectionId)
    const declaration = await declarationOf(connection.connector)
    const vault = new Vault(await Tenant.findOrFail(connection.tenantId))
    const deadline = Date.now() + GIVE_UP_AFTER
    const holder = uuid()

    while (Date.now() < deadline) {
      const token = await AccessToken.of(connectionId)
      const known = currentGrant(token, vault, declaration)
      if (known !== null && known.header !== stale) return known
      if (await token.lock(holder, LOCK_FOR)) {
        try {
          return await renew(connection, declaration, vault, stale)
        } finally {
          await token.unlock(holder)
        }
      }
      await wait(50)
    }
    throw new ConnectorError(
      'transient',
      `The access token of "${connection.name}" could not be renewed in time`
    )
  },
}

function currentGrant(token: AccessToken, vault: Vault, declaration: Declaration): Grant | null {
  if (token.sealedToken === null || token.expiresAt === null) return null
  const expiresAt = token.expiresAt.toMillis()
  if (expiresAt <= Date.now()) return null
  return {
    header: headerOf(declaration, vault.open(token.sealedToken, context(token.connectionId))),
    expiresAt,
  }
}

/** Looks once more under the lock: another holder may have renewed it a moment ago. */
async function renew(
  connection: Connection,
  declaration: Declaration,
  vault: Vault,
  stale: string | null
): Promise<Grant> {
  const token = await AccessToken.of(connection.id)
  const known = currentGrant(token, vault, declaration)
  if (known !== null && known.header !== stale) return known

  const now = Date.now()
  const recent = token.recentRefreshes.filter((time) => time > now - WINDOW)
  if (recent.length >= MOST_IN_WINDOW) {
    throw new ConnectorError(
      'rate_limited',
      `The access token of "${connection.name}" was renewed ${recent.length} times within 10 minutes; more would block the connection`,
      { retryAfter: Math.max(1000, Number(recent[0]) + WINDOW - now) }
    )
  }
  token.recentRefreshes = [...recent, now]
  await token.save()

  const reply = await requestToken(connection, declaration)
  const lifetime = reply.expiresIn * 1000
  const expiresAt = now + lifetime - Math.min(RENEW_BEFORE, lifetime / 10)
  token.sealedToken = vault.seal(reply.accessToken, context(connection.id))
  token.expiresAt = DateTime.fromMillis(expiresAt)
  await token.save()
  await keepSettings(connection, reply.settings)
  return { header: headerOf(declaration, reply.accessToken), expiresAt }
}

async function keepSettings(connection: Connection, settings: Connection['settings']) {
  const isNews = Object.entries(settings).some(
    ([name, value]) => connection.settings[name] !== value
  )
  if (!isNews) return
  connection.settings = { ...connection.settings, ...settings }
  await connection.save()
}

function headerOf({ auth }: Declaration, accessToken: string): string {
  if (auth.type !== 'oauth2') throw new Error('Only oauth2 connections have access tokens')
  return auth.header.replace('{token}', accessToken)
}

const context = (connectionId: string) => `access_tokens:${connectionId}`
