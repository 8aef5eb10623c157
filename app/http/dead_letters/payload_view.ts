import type { RecordValues } from '#sdk'
import { payloadContext } from '#domain/runs/dead_letter'
import type DeadLetter from '#domain/runs/dead_letter'
import type Tenant from '#domain/tenants/tenant'
import { Vault } from '#domain/tenants/vault'

export type FieldValue = { field: string; value: string }
export type PayloadView = { source: FieldValue[]; target: FieldValue[] }

/** The record itself, before and after mapping. */
export function viewPayload(letter: DeadLetter, tenant: Tenant): PayloadView {
  const context = payloadContext(letter.serviceId, letter.sourceKey)
  const payload: { source?: RecordValues; target?: RecordValues } = JSON.parse(
    new Vault(tenant).open(letter.sealedPayload, context)
  )
  return { source: fields(payload.source), target: fields(payload.target) }
}

function fields(values: RecordValues = {}): FieldValue[] {
  return Object.entries(values).map(([field, value]) => ({
    field,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }))
}
