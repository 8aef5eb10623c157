import type DeadLetter from '#domain/runs/dead_letter'
import { instantText } from '#http/instant_text'

/** A record that did not arrive, as a line of a list. */
export type LetterRow = {
  id: string
  key: string
  outcome: 'rejected' | 'failed' | 'unclear'
  code: string
  message: string
  field: string | null
  value: string | null
  runId: string
  isOpen: boolean
  createdAt: string | null
  resolvedAt: string | null
}

export function viewLetterRow(letter: DeadLetter): LetterRow {
  const { id, outcome, code, message, field, value, runId } = letter
  return {
    ...{ id, outcome, code, message, field, value, runId },
    key: letter.sourceKey,
    isOpen: letter.resolvedAt === null,
    createdAt: instantText(letter.createdAt),
    resolvedAt: instantText(letter.resolvedAt),
  }
}
