import { ConnectorError, type ChangeEvent, type ChangeKind, type WebhookRequest } from '#sdk'

/** Zoho's samples say insert; events are subscribed to as create, edit and delete. */
const KINDS: { [operation: string]: ChangeKind } = {
  insert: 'created',
  create: 'created',
  update: 'updated',
  edit: 'updated',
  delete: 'deleted',
}

interface Notification {
  module?: unknown
  ids?: unknown
  operation?: unknown
  server_time?: unknown
  affected_fields?: unknown
}

function notificationOf(text: string): Notification {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null ? body : {}
  } catch (cause) {
    throw new ConnectorError('fatal', 'This is no notification of Zoho CRM: it is not JSON.', {
      cause,
    })
  }
}

/** `["Stage"]`, or `[{ "<id>": ["Stage"] }]`. */
function fieldsOf(affected: unknown): string[] {
  if (!Array.isArray(affected)) return []
  const names = affected.flatMap((part: unknown) =>
    typeof part === 'object' && part !== null ? Object.values(part).flat() : [part]
  )
  return [...new Set(names.filter((name) => typeof name === 'string'))]
}

function timeOf(time: unknown): { at?: string } {
  const at = new Date(Number(time))
  return time === undefined || Number.isNaN(at.getTime()) ? {} : { at: at.toISOString() }
}

/** An operation that nobody knows yet counts as an update: the records are read again anyway. */
export function parseNotification({ body }: WebhookRequest): ChangeEvent[] {
  const { module, ids, operation, ...more } = notificationOf(body)
  if (typeof module !== 'string' || !Array.isArray(ids)) {
    throw new ConnectorError('fatal', 'This is no notification of Zoho CRM: it names no records.')
  }
  const keys = [...new Set(ids.map(String))].filter((id) => /^\d{1,19}$/.test(id))
  if (keys.length === 0) return []
  const fields = fieldsOf(more.affected_fields)
  return [
    {
      stream: module,
      change: KINDS[String(operation)] ?? 'updated',
      keys,
      ...(fields.length > 0 ? { fields } : {}),
      ...timeOf(more.server_time),
    },
  ]
}
