import type Delivery from '#domain/deliveries/delivery'
import type PendingChange from '#domain/deliveries/pending_change'
import { instantText } from '#http/instant_text'

/** What came in is told by its size and what became of it; its content is nobody's. */
export type DeliveryRow = {
  id: string
  stream: string
  state: string
  fault: string | null
  records: number
  bytes: number
  receivedAt: string | null
}

export type ChangeRow = {
  id: string
  service: { id: string; name: string }
  key: string
  kind: string
  state: string
  origin: string
  times: number
  firstSeenAt: string | null
  lastSeenAt: string | null
  runId: string | null
}

export function viewDelivery(delivery: Delivery, stream: string): DeliveryRow {
  const { id, state, fault, records, bytes, receivedAt } = delivery
  return { id, stream, state, fault, records, bytes, receivedAt: instantText(receivedAt) }
}

export function viewChange(change: PendingChange, service: string): ChangeRow {
  const { id, serviceId, sourceKey, kind, state, origin, times, runId } = change
  return {
    ...{ id, kind, state, origin, times, runId },
    service: { id: serviceId, name: service },
    key: sourceKey,
    firstSeenAt: instantText(change.firstSeenAt),
    lastSeenAt: instantText(change.lastSeenAt),
  }
}
