import { DateTime } from 'luxon'
import { v7 as uuid } from 'uuid'
import AccessToken from '#domain/connections/access_token'
import AuditEvent from '#domain/audit/audit_event'
import Authorization from '#domain/connections/authorization'
import Connection from '#domain/connections/connection'
import type { ConnectionFile } from '#domain/connections/connection_file'
import { declarationOf } from '#domain/connections/declaration'
import { revokeGrant } from '#domain/connections/revoke_grant'
import { Refusal } from '#domain/refusal'
import type Tenant from '#domain/tenants/tenant'

/** Makes the tenant's connection what the file says. The connector of a connection never changes. */
export async function applyConnection(
  tenant: Tenant,
  file: ConnectionFile,
  userId: string | null
): Promise<Connection> {
  const declaration = await declarationOf(file.connector)
  const problems = declaration.problems(file.settings, file.secrets)
  if (problems.length > 0) {
    throw new Refusal(`The connection "${file.name}" cannot be applied:`, problems)
  }
  const found = await Connection.query()
    .where('tenantId', tenant.id)
    .where('name', file.name)
    .first()
  if (found !== null && found.connector !== file.connector) {
    throw new Refusal(
      `The connection "${file.name}" is for ${found.connector} and cannot become one for ${file.connector}: choose another name`
    )
  }

  const now = DateTime.utc()
  const connection =
    found ?? new Connection().fill({ id: uuid(), tenantId: tenant.id, createdAt: now })
  const { name, connector, settings } = file
  const settingsBefore = found?.settings ?? {}
  const secretsBefore = (await found?.secrets()) ?? {}
  const isNewGrant = secretsBefore.refreshToken !== file.secrets.refreshToken
  connection.merge({
    name,
    connector,
    settings,
    updatedAt: now,
    health: 'unknown',
    healthMessage: null,
  })
  await connection.sealSecrets(file.secrets)
  await connection.save()
  await AccessToken.forget(connection.id, { isNewGrant })
  if (isNewGrant) await Authorization.query().where('connectionId', connection.id).delete()
  const revocation =
    isNewGrant && secretsBefore.refreshToken
      ? await revokeGrant(declaration, settingsBefore, secretsBefore.refreshToken)
      : null
  await AuditEvent.record({
    tenantId: tenant.id,
    userId,
    action: found === null ? 'connection.created' : 'connection.changed',
    subject: connection.id,
    detail: { name, connector, ...(revocation === null ? {} : { revocation }) },
  })
  return connection
}
