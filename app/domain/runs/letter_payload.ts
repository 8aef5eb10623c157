import type { RecordValues } from '#sdk'
import { payloadContext } from '#domain/runs/dead_letter'
import type DeadLetter from '#domain/runs/dead_letter'
import type Tenant from '#domain/tenants/tenant'
import { Vault } from '#domain/tenants/vault'

/** The record itself, before and after mapping. */
export interface LetterPayload {
  source: RecordValues
  target: RecordValues
}

export function openPayload(letter: DeadLetter, tenant: Tenant): LetterPayload {
  const context = payloadContext(letter.serviceId, letter.sourceKey)
  const payload: Partial<LetterPayload> = JSON.parse(
    new Vault(tenant).open(letter.sealedPayload, context)
  )
  return { source: payload.source ?? {}, target: payload.target ?? {} }
}
