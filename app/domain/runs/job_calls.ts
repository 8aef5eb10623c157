import { createHash, timingSafeEqual } from 'node:crypto'
import crossdock from '#config/crossdock'
import Run, { ACTIVE_STATES } from '#domain/runs/run'
import { dispatcherBell } from '#domain/runs/wake'
import Tenant from '#domain/tenants/tenant'
import { Vault } from '#domain/tenants/vault'

/** Where a vendor may say that a job of this run is over; null where none can reach this server. */
export async function callbackUrl(run: Run): Promise<string | null> {
  const { publicUrl } = crossdock
  if (publicUrl === null || !isFit(new URL(publicUrl))) return null
  return `${publicUrl}/hooks/jobs/${run.id}/${await tokenOf(run)}`
}

/** An address without encryption is told to nobody but what the operator lists. */
function isFit({ protocol, host }: URL): boolean {
  return protocol === 'https:' || crossdock.egressAllow.includes(host)
}

async function tokenOf({ id, tenantId }: Run): Promise<string> {
  return new Vault(await Tenant.findOrFail(tenantId)).mark(`runs:${id}:job calls`)
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** The run that a call is for, if it carries that run's token; compared in constant time. */
export async function calledRun(runId: string, token: string): Promise<Run | null> {
  const run = await Run.find(runId)
  if (run === null) return null
  return timingSafeEqual(digest(await tokenOf(run)), digest(token)) ? run : null
}

/**
 * Some job of this run is over, or somebody says so. Whichever run of its service is under way
 * looks at its jobs now: it may have taken up those of an earlier one.
 */
export async function heedCall({ serviceId }: Run, now: number): Promise<void> {
  await Run.query()
    .where('serviceId', serviceId)
    .whereIn('state', [...ACTIVE_STATES])
    .update({ calledAt: now })
  dispatcherBell.emit('called', serviceId, now)
}
