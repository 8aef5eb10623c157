import AuditEvent from '#domain/audit/audit_event'
import type Connection from '#domain/connections/connection'
import User from '#domain/tenants/user'
import { instantText } from '#http/instant_text'

export type ChangeRow = { id: string; at: string | null; action: string; by: string; note: string }

const CHANGES = 10

/** What was done to a connection lately, from the audit trail. */
export async function viewChanges({ id, tenantId }: Connection): Promise<ChangeRow[]> {
  const events = await AuditEvent.query()
    .where('tenantId', tenantId)
    .where('subject', id)
    .orderBy('number', 'desc')
    .limit(CHANGES)
  const ids = events.flatMap(({ userId }) => userId ?? [])
  const users = await User.query().whereIn('id', ids)
  const names = new Map(users.map((user) => [user.id, user.fullName]))
  return events.map((event) => ({
    id: event.id,
    at: instantText(event.createdAt),
    action: event.action.replace('connection.', ''),
    by: names.get(event.userId ?? '') ?? 'the terminal',
    note: noteOf(event),
  }))
}

function noteOf({ detail }: AuditEvent): string {
  const { nameBefore, settings, revocation, signIn, accountBefore } = detail
  return [
    typeof nameBefore === 'string' ? `was named "${nameBefore}"` : '',
    Array.isArray(settings) && settings.length > 0 ? `settings: ${settings.join(', ')}` : '',
    typeof signIn === 'string' ? `signed in by ${signIn.replaceAll('_', ' ')}` : '',
    typeof accountBefore === 'string' ? `was account ${accountBefore}` : '',
    typeof revocation === 'string' ? `old right: ${revocation}` : '',
  ]
    .filter(Boolean)
    .join('; ')
}
