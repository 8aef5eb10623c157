import type { Filter, ServiceFlag, StreamDescription, Value } from '#sdk'

/** What a flag holds when it is set, and when it is not. */
export interface FlagTerms {
  field: string
  /** Null where it is the moment: any value is set then. */
  set: Value
  unset: Value
}

export function flagTerms(
  { field: name, set, unset }: ServiceFlag,
  stream: StreamDescription
): FlagTerms {
  const type = stream.fields.find((field) => field.name === name)?.type
  if (type === 'boolean') {
    const whenSet = set ?? true
    return { field: name, set: whenSet, unset: unset ?? !whenSet }
  }
  if (type === 'integer') return { field: name, set: set ?? 1, unset: unset ?? 0 }
  return { field: name, set: set ?? null, unset: unset ?? null }
}

export function isFlagged(value: Value | undefined, { set }: FlagTerms): boolean {
  return set === null ? (value ?? null) !== null : value === set
}

/** The records that are not flagged; null where the source cannot tell them. */
export function unflagged(
  { field, set }: FlagTerms,
  { pushdown }: StreamDescription
): Filter | null {
  const op = set === null ? '=' : '!='
  return pushdown.includes(op) ? { field, op, value: set } : null
}
