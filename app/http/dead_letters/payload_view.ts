import { valueText } from '#domain/runs/edited_value'
import { openPayload } from '#domain/runs/letter_payload'
import type DeadLetter from '#domain/runs/dead_letter'
import type Tenant from '#domain/tenants/tenant'
import type { RecordValues } from '#sdk'

export type FieldValue = { field: string; value: string }
export type PayloadView = { source: FieldValue[]; target: FieldValue[] }

/** The record itself, before and after mapping. */
export function viewPayload(letter: DeadLetter, tenant: Tenant): PayloadView {
  const { source, target } = openPayload(letter, tenant)
  return { source: fields(source), target: fields(target) }
}

function fields(values: RecordValues): FieldValue[] {
  return Object.entries(values).map(([field, value]) => ({ field, value: valueText(value) }))
}
