import type DeadLetter from '#domain/runs/dead_letter'
import { plainCause } from '#domain/runs/plain_cause'
import { roleReaches } from '#domain/tenants/membership'
import type { Role } from '#domain/tenants/membership'
import { instantText } from '#http/instant_text'

/** A record that did not arrive, as a line of a list. */
export type LetterRow = {
  id: string
  key: string
  outcome: 'rejected' | 'failed' | 'unclear'
  code: string
  message: string
  field: string | null
  /** Null too where the reader may not see it. */
  value: string | null
  isValueHidden: boolean
  runId: string
  isOpen: boolean
  createdAt: string | null
  resolvedAt: string | null
}

/** Value and message hold what is in the record, and are shown to those who may see it. */
export function viewLetterRow(letter: DeadLetter, role: Role): LetterRow {
  const { id, outcome, code, field, runId } = letter
  const mayRead = roleReaches(role, 'operator')
  return {
    ...{ id, outcome, code, field, runId },
    message: mayRead ? letter.message : plainCause(letter),
    value: mayRead ? letter.value : null,
    isValueHidden: !mayRead && letter.value !== null,
    key: letter.sourceKey,
    isOpen: letter.resolvedAt === null,
    createdAt: instantText(letter.createdAt),
    resolvedAt: instantText(letter.resolvedAt),
  }
}
