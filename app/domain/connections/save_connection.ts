import { DateTime } from 'luxon'
import { v7 as uuid } from 'uuid'
import AuditEvent from '#domain/audit/audit_event'
import AccessToken from '#domain/connections/access_token'
import Authorization, { digest } from '#domain/connections/authorization'
import Connection from '#domain/connections/connection'
import type { ConnectionDraft } from '#domain/connections/connection_draft'
import type { Declaration } from '#domain/connections/declaration'
import type { Granted } from '#domain/connections/oauth_granted'
import { revokeGrant } from '#domain/connections/revoke_grant'
import { keepToken } from '#domain/connections/token_port'
import type Tenant from '#domain/tenants/tenant'
import type { Value } from '#sdk'

export interface Saving {
  tenant: Tenant
  draft: ConnectionDraft
  declaration: Declaration
  connection: Connection | null
  granted: Granted | null
  userId: string
}

/** Makes a connection what a person filled in. With a new grant the old one is handed back. */
export async function saveConnection(saving: Saving): Promise<Connection> {
  const { tenant, draft, connection: found, granted } = saving
  const before = found === null ? null : { ...found.settings }
  const secretsBefore = (await found?.secrets()) ?? {}
  const now = DateTime.utc()
  const connection =
    found ?? new Connection().fill({ id: uuid(), tenantId: tenant.id, createdAt: now })
  const { name, connector, settings } = draft
  const { name: nameBefore, identity: accountBefore = null } = connection
  connection.merge({ name, connector, settings, updatedAt: now })
  const secrets = secretsToKeep(draft, granted)
  const isSame = found !== null && isEqual(before, settings) && isEqual(secretsBefore, secrets)
  if (!isSame) {
    await connection.sealSecrets(secrets)
    connection.merge({ health: 'unknown', healthMessage: null })
    if (granted === null && saving.declaration.auth.type !== 'oauth2') connection.identity = null
  }
  if (granted !== null) keepAnswer(connection, granted)
  await connection.save()
  const revocation = granted ? await keepGrant(saving, connection, before, secretsBefore) : null
  if (!isSame && granted === null) await AccessToken.forget(connection.id)

  await AuditEvent.record({
    tenantId: tenant.id,
    userId: saving.userId,
    action: actionOf(found, granted),
    subject: connection.id,
    detail: {
      ...{ name, connector },
      ...(found !== null && nameBefore !== name ? { nameBefore } : {}),
      ...(before ? { settings: changedNames(before, settings) } : {}),
      ...(granted ? { signIn: draft.signIn } : {}),
      ...(accountBefore !== null && accountBefore !== connection.identity ? { accountBefore } : {}),
      ...(revocation === null ? {} : { revocation }),
    },
  })
  return connection
}

function actionOf(found: Connection | null, granted: Granted | null): string {
  if (found === null) return 'connection.created'
  return granted === null ? 'connection.changed' : 'connection.authorized'
}

/** A client that signs in as itself keeps no refresh token. */
function secretsToKeep({ secrets, signIn }: ConnectionDraft, granted: Granted | null) {
  const { refreshToken, ...others } = secrets
  if (signIn === 'client_credentials') return others
  const token = granted?.reply.refreshToken ?? refreshToken
  return token === undefined ? others : { ...others, refreshToken: token }
}

function keepAnswer(connection: Connection, { reply, check, at }: Granted): void {
  connection.merge({
    settings: { ...connection.settings, ...reply.settings, ...check.settings },
    identity: check.identity ?? connection.identity,
    account: check.account ?? null,
    facts: check.facts ?? null,
    limits: check.limits ?? connection.limits,
    health: 'ok',
    healthMessage: check.message,
    checkedAt: DateTime.fromMillis(at),
    lastGoodAt: DateTime.fromMillis(at),
  })
}

async function keepGrant(
  { draft, declaration, granted }: Saving,
  connection: Connection,
  before: Connection['settings'] | null,
  secretsBefore: { [name: string]: string }
): Promise<string | null> {
  if (granted === null) return null
  const { refreshToken, clientId = '' } = await connection.secrets()
  const { user } = granted.check
  await Authorization.updateOrCreate(
    { connectionId: connection.id },
    {
      kind: draft.signIn === 'client_credentials' ? 'client_credentials' : 'refresh_token',
      clientHash: digest(clientId),
      tokenHash: refreshToken ? digest(refreshToken) : null,
      vendorUser: user?.id ?? null,
      vendorUserName: user?.name ?? null,
      scopes: granted.scopes,
      authorizedAt: DateTime.fromMillis(granted.at),
    }
  )
  const isNewGrant = refreshToken !== secretsBefore.refreshToken
  await AccessToken.forget(connection.id, { isNewGrant })
  const age = (Date.now() - granted.at) / 1000
  const reply = { ...granted.reply, expiresIn: Math.max(0, granted.reply.expiresIn - age) }
  await keepToken(connection, declaration, await AccessToken.of(connection.id), reply)
  if (before === null || !isNewGrant) return null
  return revokeGrant(declaration, before, secretsBefore.refreshToken)
}

function changedNames(before: Connection['settings'], after: Connection['settings']): Value[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].filter((name) => before[name] !== after[name])
}

const sorted = (values: object) => JSON.stringify(Object.entries(values).sort())
const isEqual = (one: object | null, other: object) => one !== null && sorted(one) === sorted(other)
