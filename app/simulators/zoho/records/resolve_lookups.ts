import { isObject, type Call } from '../server/call.js'
import { findExternal, type ExternalKeys, type ExternalLookups } from './external_keys.js'
import { RowFault } from './row_reply.js'

type Row = Record<string, unknown>

function resolveRow(
  call: Call,
  input: Row,
  lookups: ExternalLookups,
  path: string
): Row | RowFault {
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

/** The row with the external lookup values, its own and those of its rows, turned into ids. */
export function resolveLookups(
  call: Call,
  input: Row,
  { lookups, rows }: ExternalKeys,
  path: string
): Row | RowFault {
  if (lookups.size === 0 && rows.size === 0) return input
  const resolved = resolveRow(call, input, lookups, path)
  if (resolved instanceof RowFault) return resolved
  for (const [name, within] of rows) {
    const sent = input[name]
    if (!Array.isArray(sent)) continue
    const lines: unknown[] = []
    for (const [at, line] of sent.entries()) {
      const one = isObject(line) ? resolveRow(call, line, within, `${path}.${name}[${at}]`) : line
      if (one instanceof RowFault) return one
      lines.push(one)
    }
    resolved[name] = lines
  }
  return resolved
}
