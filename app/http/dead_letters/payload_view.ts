import { openPayload } from '#domain/runs/letter_payload'
import type DeadLetter from '#domain/runs/dead_letter'
import type Tenant from '#domain/tenants/tenant'
import { valueWords } from '#http/value_words'
import type { RecordValues } from '#sdk'

export type FieldValue = { field: string; value: string }
export type CandidateView = { id: string; createdAt: string | null; values: FieldValue[] }
export type PayloadView = {
  source: FieldValue[]
  target: FieldValue[]
  /** The records of the target that it could be. */
  candidates: CandidateView[]
}

/** The record itself, before and after mapping. */
export function viewPayload(letter: DeadLetter, tenant: Tenant): PayloadView {
  const { source, target, candidates } = openPayload(letter, tenant)
  const found = candidates.map(({ id, createdAt, values }) => ({
    ...{ id, createdAt },
    // Its age is said by itself.
    values: fields(values).filter(({ value }) => value !== '' && value !== createdAt),
  }))
  return { source: fields(source), target: fields(target), candidates: found }
}

function fields(values: RecordValues): FieldValue[] {
  return Object.entries(values).map(([field, value]) => ({ field, value: valueWords(value) }))
}
