import type { MappingRow, ServiceTarget } from '#sdk'

/** Whether a row of the field table counts: a delete needs only what records are matched by. */
export function isUsed({ operation, match }: ServiceTarget, { to }: MappingRow): boolean {
  return operation !== 'delete' || (match.by === 'fields' && match.fields.includes(to))
}
