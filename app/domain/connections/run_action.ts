import AuditEvent from '#domain/audit/audit_event'
import type Connection from '#domain/connections/connection'
import { grantConnection, groundsOf } from '#domain/connections/connection_grant'
import { inquire } from '#domain/runners'
import { ConnectorError } from '#sdk'
import type { ActionInputs } from '#sdk'
import type { ActionAnswer } from '#workers/messages'

export type ActionResult = ActionAnswer | { ok: false; message: string }

export interface ActionRequest {
  action: string
  inputs: ActionInputs
  userId: string | null
}

/**
 * Does one action at the vendor. Who did which one is kept, what was sent and what came back is
 * not. Inputs that are wrong are an answer, and so is what the vendor refuses.
 */
export async function runAction(
  connection: Connection,
  { action, inputs, userId }: ActionRequest
): Promise<ActionResult> {
  const result = await ask(connection, action, inputs)
  if ('problems' in result) return result
  await AuditEvent.record({
    tenantId: connection.tenantId,
    userId,
    action: 'action.run',
    subject: connection.id,
    detail: { connection: connection.name, action, succeeded: result.ok },
  })
  return result
}

async function ask(
  connection: Connection,
  action: string,
  inputs: ActionInputs
): Promise<ActionResult> {
  try {
    return await inquire<'act'>({
      ask: 'act',
      action,
      inputs,
      connection: await grantConnection(connection),
      grounds: await groundsOf(connection.tenantId),
    })
  } catch (error) {
    if (error instanceof ConnectorError) return { ok: false, message: error.message }
    throw error
  }
}
