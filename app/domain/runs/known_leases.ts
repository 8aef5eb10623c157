import { courtesy } from '#domain/runs/courtesy'
import Run from '#domain/runs/run'
import { serviceNumber } from '#domain/runs/service_number'
import Tenant from '#domain/tenants/tenant'
import { Vault } from '#domain/tenants/vault'
import type { Lease } from '#workers/messages'

export interface Known {
  tenantId: string
  serviceId: string
  serviceNumber: number
  vault: Vault
}

/** A run's tenant and service never change, so they are looked up once per lease. */
const known = new Map<string, Known>()

export async function knowLease({ runId, token }: Lease): Promise<Known> {
  const found = known.get(token)
  if (found !== undefined) return found
  const { tenantId, serviceId } = await Run.findOrFail(runId)
  const vault = new Vault(await Tenant.findOrFail(tenantId))
  const context = {
    tenantId,
    serviceId,
    serviceNumber: await serviceNumber(serviceId),
    vault,
  }
  known.set(token, context)
  courtesy.began(token, Date.now())
  return context
}

export function forgetLease(token: string): void {
  known.delete(token)
  courtesy.ended(token)
}
