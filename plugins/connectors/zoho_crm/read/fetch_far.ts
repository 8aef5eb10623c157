import type { Context, StreamDescription } from '#sdk'
import { fetchByIds, MOST_IDS } from './fetch_by_ids.js'
import { type Join, joinsOf } from './join_of.js'
import type { Row } from './rows_reply.js'

function byLookup(stream: StreamDescription, names: string[]): Map<string, Join[]> {
  const far = joinsOf(stream, names).filter(({ kind }) => kind === 'far')
  return Map.groupBy(far, ({ base }) => base)
}

/** What the records behind the lookups of `records` cost at most: many may point to one. */
export function farCredits(stream: StreamDescription, names: string[], records: number) {
  return byLookup(stream, names).size * Math.ceil(records / MOST_IDS)
}

function idOf(row: Row, base: string) {
  const value = row[base]
  const isReference = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isReference && typeof value.id === 'string' ? value.id : null
}

/** Adds to rows of a list what lies behind their lookups, which a list cannot join. */
export async function fetchFar(
  ctx: Context,
  stream: StreamDescription,
  names: string[],
  rows: Map<string, Row>
): Promise<void> {
  for (const [base, joins] of byLookup(stream, names)) {
    const all = [...rows.values()]
    const ids = all.map((row) => idOf(row, base)).filter((id) => id !== null)
    const fields = joins.map(({ far }) => far)
    const found = await fetchByIds(ctx, joins[0].module, fields, [...new Set(ids)])
    for (const row of all) {
      const target = found.get(idOf(row, base) ?? '')
      const values = joins.map(({ name, far }) => [name, target?.[far] ?? null] as const)
      rows.set(row.id, { ...row, ...Object.fromEntries(values) })
    }
  }
}
