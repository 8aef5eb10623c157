import type { OrgOutlook } from '#domain/runs/org_outlook'
import { connectorOf } from '#http/connections/connectors'
import { instantText } from '#http/instant_text'

export type WaitingRun = {
  id: string
  serviceName: string
  notBefore: string | null
  reason: string | null
}

/** An account at a vendor: what is left of its credits, and how long that will do. */
export type AccountView = {
  /** A connection that leads to it. */
  connectionId: string
  name: string
  connector: string
  icon: string
  perDay: number
  left: number
  reserve: number
  spent: number
  /** Gone, and not through us. */
  elsewhere: number
  toldAt: string | null
  reserveAt: string | null
  emptyAt: string | null
  /** Services that are due and of whose price nothing is known. */
  unknown: number
  waiting: WaitingRun[]
  calls: { allowed: number; limit: number | null }
  /** The tenant's own word, where it has one. */
  settings: { creditsPerDay: number | null; reservePercent: number | null }
  ahead: Array<{ from: string | null; planned: number; left: number }>
}

export function viewAccount(outlook: OrgOutlook): AccountView {
  const { connections, org, perDay, left, spent, day, calls } = outlook
  const [first] = connections
  const { title, icon } = connectorOf(first.connector)
  return {
    connectionId: first.id,
    name: first.account ?? connections.map(({ name }) => name).join(', '),
    connector: title,
    icon,
    perDay,
    left: Math.max(0, left),
    reserve: org.reserve,
    spent,
    elsewhere: Math.max(0, perDay - left - spent),
    toldAt: instantText(outlook.toldAt),
    reserveAt: instantText(day.reserveAt),
    emptyAt: instantText(day.emptyAt),
    unknown: outlook.unknown,
    waiting: outlook.waiting.map(({ id, service, notBefore, waitReason }) => ({
      ...{ id, serviceName: service.name, reason: waitReason },
      notBefore: instantText(notBefore),
    })),
    calls: { allowed: calls.allowed, limit: Number.isFinite(calls.limit) ? calls.limit : null },
    settings: {
      creditsPerDay: connections.find((each) => each.creditsPerDay !== null)?.creditsPerDay ?? null,
      reservePercent:
        connections.find((each) => each.reservePercent !== null)?.reservePercent ?? null,
    },
    ahead: day.hours.map(({ from, ...hour }) => ({ ...hour, from: instantText(from) })),
  }
}
