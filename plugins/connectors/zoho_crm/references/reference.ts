import type { Value } from '#sdk'

/** A record meant by the value of one of its fields. */
export type Reference = { by: string; value: Value }

export function isReference(value: Value | undefined): value is Reference {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    typeof value.by === 'string' &&
    'value' in value
  )
}
