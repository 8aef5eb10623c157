import type { RecordValues } from '#sdk'
import { payloadContext } from '#domain/runs/dead_letter'
import type DeadLetter from '#domain/runs/dead_letter'
import type Tenant from '#domain/tenants/tenant'
import { Vault } from '#domain/tenants/vault'
import type { Candidate } from '#engine/pair'

/** The record itself, before and after mapping. */
export interface LetterPayload {
  source: RecordValues
  target: RecordValues
  /** The records of the target that it could be. */
  candidates: Candidate[]
}

export function openPayload(letter: DeadLetter, tenant: Tenant): LetterPayload {
  const context = payloadContext(letter.serviceId, letter.sourceKey)
  const payload: Partial<LetterPayload> = JSON.parse(
    new Vault(tenant).open(letter.sealedPayload, context)
  )
  return {
    source: payload.source ?? {},
    target: payload.target ?? {},
    candidates: payload.candidates ?? [],
  }
}
