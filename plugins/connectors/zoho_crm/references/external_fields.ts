import type { Context, WriteBatch } from '#sdk'
import type { Outgoing } from '../write/outgoing.js'
import { commonFields } from './common_fields.js'

/**
 * Lookups that Zoho itself finds by another system's id, lookup to field. With the header that
 * says so it looks at nothing else, so all records of the call have to do it alike.
 */
export async function externalFields(
  ctx: Context,
  { stream, operation }: WriteBatch,
  all: Outgoing[]
): Promise<Map<string, string>> {
  if (operation === 'upsert') return new Map()
  return commonFields(ctx, stream, all, ({ isExternal }) => isExternal)
}
