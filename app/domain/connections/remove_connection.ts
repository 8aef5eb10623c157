import AuditEvent from '#domain/audit/audit_event'
import type Connection from '#domain/connections/connection'
import { connectionUses } from '#domain/connections/connection_uses'
import { declarationOf } from '#domain/connections/declaration'
import { revokeGrant } from '#domain/connections/revoke_grant'
import { Refusal } from '#domain/refusal'

/** Deletes a connection that no service needs, and hands its grant back to the vendor. */
export async function removeConnection(connection: Connection, userId: string): Promise<void> {
  const uses = await connectionUses(connection.id)
  if (uses.length > 0) {
    const names = uses.map(({ name }) => `"${name}"`).join(', ')
    throw new Refusal(
      `The connection "${connection.name}" is used by ${names}. Give these services another connection first.`
    )
  }
  const { id, tenantId, name, connector, settings } = connection
  const { refreshToken } = await connection.secrets()
  const declaration = await declarationOf(connector)
  await connection.delete()
  const revocation = await revokeGrant(declaration, settings, refreshToken)
  await AuditEvent.record({
    ...{ tenantId, userId, subject: id },
    action: 'connection.deleted',
    detail: { name, connector, revocation },
  })
}
