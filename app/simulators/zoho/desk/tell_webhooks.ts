import { postJson } from '../notifications/post_json.js'
import type { DeskCall } from './desk_call.js'
import type { DeskRecord, DeskWebhook } from './helpdesk.js'

export type DeskChange = 'Add' | 'Update' | 'Delete'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** Whether a subscription's departments and fields let a change through. */
function isWanted(wanted: unknown, record: DeskRecord, before: DeskRecord | undefined) {
  if (!isObject(wanted)) return true
  const { departmentIds, fields } = wanted
  if (Array.isArray(departmentIds) && !departmentIds.includes(record.departmentId)) return false
  if (!before || !Array.isArray(fields)) return true
  return fields.some((name: unknown) => before[String(name)] !== record[String(name)])
}

function eventFor(
  { subscriptions, ignoreSourceId, isEnabled }: DeskWebhook,
  call: DeskCall,
  change: DeskChange,
  [record, before]: readonly [DeskRecord, DeskRecord | undefined]
) {
  const eventType = `${call.module.event}_${change}`
  const isEcho = ignoreSourceId !== null && call.headers.sourceid === ignoreSourceId
  if (!isEnabled || isEcho || !Object.hasOwn(subscriptions, eventType)) return null
  const wanted = subscriptions[eventType]
  if (!isWanted(wanted, record, before)) return null
  const { org, orgId } = call.desk
  const withPrevious = isObject(wanted) && wanted.includePrevState === true
  return {
    payload: change === 'Delete' ? { id: record.id } : record,
    eventType,
    orgId,
    eventTime: String(org.clock.now()),
    ...(before && withPrevious ? { prevState: before } : {}),
  }
}

/** Tells each webhook that asked for it, in a list of one event. */
export function tellWebhooks(
  call: DeskCall,
  change: DeskChange,
  record: DeskRecord,
  before?: DeskRecord
) {
  const { org, webhooks } = call.desk
  for (const webhook of webhooks.values()) {
    const event = eventFor(webhook, call, change, [record, before])
    if (!event) continue
    void postJson(org, webhook.url, [event]).then((error) => {
      if (error !== null) org.stats.refuse('WEBHOOK_LOST')
    })
  }
}
