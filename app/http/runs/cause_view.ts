import type { LetterCause } from '#domain/runs/group_letters'

/** Failed records of a run with one cause, and what mends them. */
export type CauseRow = LetterCause
