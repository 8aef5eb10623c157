import { isObject, type Call } from '../server/call.js'
import { findExternal, type ExternalKeys } from './external_keys.js'
import { RowFault } from './row_reply.js'

/** The row with its external lookup values turned into ids. */
export function resolveLookups(
  call: Call,
  input: Record<string, unknown>,
  { lookups }: ExternalKeys,
  path: string
): Record<string, unknown> | RowFault {
  if (lookups.size === 0) return input
  const resolved = { ...input }
  for (const [name, { module, field }] of lookups) {
    const sent = input[name]
    const value = isObject(sent) ? sent[field] : undefined
    if (value === undefined) continue
    const table = call.org.store.tables.get(module)
    const found = table && findExternal(call, table, field, value)
    if (!found) {
      const details = { api_name: field, json_path: `${path}.${name}.${field}` }
      return new RowFault('INVALID_DATA', details)
    }
    resolved[name] = { id: found.id }
  }
  return resolved
}
