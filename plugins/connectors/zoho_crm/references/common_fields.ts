import type { Context, Field, StreamDescription } from '#sdk'
import type { Outgoing } from '../write/outgoing.js'
import { isReference } from './reference.js'
import { type TargetField, targetFields } from './target_fields.js'

/** How all records fill a lookup: by one and the same field, or null. */
function onlyBy({ name }: Field, all: Outgoing[]): string | null {
  let by: string | null = null
  for (const { values } of all) {
    const value = values[name]
    if (value === null || value === undefined) continue
    if (!isReference(value) || (by !== null && value.by !== by)) return null
    by = value.by
  }
  return by
}

/** The lookups that all records fill by one field that allows it, lookup to field. */
export async function commonFields(
  ctx: Context,
  stream: StreamDescription,
  all: Outgoing[],
  allows: (target: TargetField) => boolean
): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const field of stream.fields) {
    if (field.type !== 'lookup' || field.lookup === undefined || field.lookup === 'users') continue
    const by = onlyBy(field, all)
    if (by === null) continue
    const fields = await targetFields(ctx, field.lookup)
    const target = fields.get(by)
    if (target && allows(target)) found.set(field.name, by)
  }
  return found
}
