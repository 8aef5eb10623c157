import type { Context, Field, WriteBatch } from '#sdk'
import type { Outgoing } from '../write/outgoing.js'
import { isReference } from './reference.js'
import { targetFields } from './target_fields.js'

/** How all records of a batch fill a lookup: by one and the same field, or null. */
function onlyBy(field: Field, all: Outgoing[]): string | null {
  let by: string | null = null
  for (const { values } of all) {
    const value = values[field.name]
    if (value === null || value === undefined) continue
    if (!isReference(value) || (by !== null && value.by !== by)) return null
    by = value.by
  }
  return by
}

/**
 * Lookups that Zoho itself finds by another system's id, lookup to field. With the header that
 * says so it looks at nothing else, so all records of the call have to do it alike.
 */
export async function externalFields(
  ctx: Context,
  { stream, operation }: WriteBatch,
  all: Outgoing[]
): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  if (operation === 'upsert') return found
  for (const field of stream.fields) {
    if (field.type !== 'lookup' || field.lookup === undefined || field.lookup === 'users') continue
    const by = onlyBy(field, all)
    if (by === null) continue
    const fields = await targetFields(ctx, field.lookup)
    if (fields.get(by)?.isExternal) found.set(field.name, by)
  }
  return found
}
