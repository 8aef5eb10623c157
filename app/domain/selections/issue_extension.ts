import AuditEvent from '#domain/audit/audit_event'
import type Connection from '#domain/connections/connection'
import { Refusal } from '#domain/refusal'
import Extension from '#domain/selections/extension'

/** The connection's extension with its key; made when there is none, or when a new key is wanted. */
export async function issueExtension(
  connection: Connection,
  wantsNewKey = false
): Promise<{ extension: Extension; key: string }> {
  if (connection.identity === null) {
    throw new Refusal(
      `It is not known yet to which org "${connection.name}" leads: test it first with npm run ace -- connection:test ${connection.name}`
    )
  }
  const found = wantsNewKey ? null : await Extension.findBy('connectionId', connection.id)
  const extension = found ?? (await Extension.issue(connection))
  if (found === null) await record(connection, 'extension.issued')
  const { key } = await extension.secrets()
  return { extension, key }
}

/** Whatever was packed for the connection opens nothing any more, nor do the links it asked for. */
export async function revokeExtension(connection: Connection): Promise<boolean> {
  const found = await Extension.findBy('connectionId', connection.id)
  if (found === null) return false
  await found.delete()
  await record(connection, 'extension.revoked')
  return true
}

function record({ tenantId, id, name }: Connection, action: string): Promise<void> {
  return AuditEvent.record({
    tenantId,
    userId: null,
    action,
    subject: id,
    detail: { connection: name },
  })
}
