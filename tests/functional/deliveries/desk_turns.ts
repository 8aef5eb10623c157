import Delivery from '#domain/deliveries/delivery'
import PendingChange from '#domain/deliveries/pending_change'
import Run from '#domain/runs/run'
import { until } from '#tests/support/until'
import type { ZohoToZoho } from '#tests/support/zoho_to_zoho'

/** Two turns of the desk at a moment: what the first one finds, the second one works on. */
export async function turn({ desk }: ZohoToZoho, now: number): Promise<void> {
  await desk.turn(now)
  await desk.settled()
  await desk.turn(now)
  await desk.settled()
}

export function heard({ tenant }: ZohoToZoho, count: number): Promise<Delivery[]> {
  return until(`${count} deliveries`, async () => {
    const rows = await Delivery.query().where('tenantId', tenant.id)
    return rows.length >= count && rows
  })
}

export function webhookRuns({ service }: ZohoToZoho): Promise<Run[]> {
  return Run.query().where('serviceId', service.id).where('trigger', 'webhook').orderBy('queuedAt')
}

export async function changesOf({ service }: ZohoToZoho, state: string): Promise<string[]> {
  const rows = await PendingChange.query().where('serviceId', service.id).where('state', state)
  return rows.map(({ sourceKey }) => sourceKey).sort()
}
