import { setTimeout as wait } from 'node:timers/promises'
import { DateTime } from 'luxon'
import { v7 as uuid } from 'uuid'
import AccessToken from '#domain/connections/access_token'
import Authorization from '#domain/connections/authorization'
import Connection from '#domain/connections/connection'
import { declarationOf } from '#domain/connections/declaration'
import type { Declaration } from '#domain/connections/declaration'
import { connectionUses } from '#domain/connections/connection_uses'
import { oauth2, requestToken } from '#domain/connections/request_token'
import type { TokenReply } from '#domain/connections/request_token'
import { trialTokens } from '#domain/connections/trial_tokens'
import { wantedScopes } from '#domain/connections/wanted_scopes'
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
    const trial = trialTokens.get(connectionId, stale)
    if (trial !== null) return trial
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

  await takeTurn(connection, token)
  const reply = await ask(connection, declaration, token)
  return keepToken(connection, declaration, token, reply)
}

/** Counts the renewal before it is asked for: one without an answer may have happened. */
export async function takeTurn({ name }: { name: string }, token: AccessToken): Promise<void> {
  const now = Date.now()
  const blockedFor = (token.blockedUntil?.toMillis() ?? 0) - now
  if (blockedFor > 0) {
    throw new ConnectorError(
      'rate_limited',
      `The token server of "${name}" asked to wait: too many tokens were requested`,
      { retryAfter: blockedFor }
    )
  }
  const recent = token.recentRefreshes.filter((time) => time > now - WINDOW)
  if (recent.length >= MOST_IN_WINDOW) {
    throw new ConnectorError(
      'rate_limited',
      `The access token of "${name}" was renewed ${recent.length} times within 10 minutes; more would block the connection`,
      { retryAfter: Math.max(1000, Number(recent[0]) + WINDOW - now) }
    )
  }
  token.recentRefreshes = [...recent, now]
  await token.save()
}

async function ask(connection: Connection, declaration: Declaration, token: AccessToken) {
  const { name, settings } = connection
  const secrets = await connection.secrets()
  const scopes = secrets.refreshToken ? [] : await scopesOf(connection, declaration)
  try {
    return await requestToken({ name, settings, secrets, scopes }, declaration)
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'rate_limited') {
      token.blockedUntil = DateTime.utc().plus(error.retryAfter ?? WINDOW)
      await token.save()
    }
    throw error
  }
}

/** What a client that signs in as itself asks for anew each time. */
async function scopesOf({ id }: Connection, declaration: Declaration): Promise<string[]> {
  const authorization = await Authorization.find(id)
  if (authorization?.scopes) return authorization.scopes
  const { scopes } = oauth2(declaration)
  if (scopes === undefined) return []
  const uses = await connectionUses(id)
  return wantedScopes(
    scopes,
    uses.flatMap(({ wishes }) => wishes)
  )
}

/** Stores a fresh access token for all who use the connection. */
export async function keepToken(
  connection: Connection,
  declaration: Declaration,
  token: AccessToken,
  reply: TokenReply
): Promise<Grant> {
  const vault = new Vault(await Tenant.findOrFail(connection.tenantId))
  const lifetime = reply.expiresIn * 1000
  const expiresAt = Date.now() + lifetime - Math.min(RENEW_BEFORE, lifetime / 10)
  token.sealedToken = vault.seal(reply.accessToken, context(connection.id))
  token.expiresAt = DateTime.fromMillis(expiresAt)
  token.blockedUntil = null
  await token.save()
  await keepSettings(connection, reply.settings)
  await Connection.query().where('id', connection.id).update({ lastGoodAt: Date.now() })
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

export function headerOf(declaration: Declaration, accessToken: string): string {
  return oauth2(declaration).header.replace('{token}', accessToken)
}

const context = (connectionId: string) => `access_tokens:${connectionId}`
