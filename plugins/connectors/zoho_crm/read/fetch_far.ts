import type { Context, StreamDescription } from '#sdk'
import { fetchByIds, MOST_IDS } from './fetch_by_ids.js'
import { type FieldSets, inPortions, MARK } from './field_sets.js'
import { type Join, joinsOf } from './join_of.js'
import type { Row } from './rows_reply.js'
import { wholeRows } from './whole_rows.js'

function byLookup(stream: StreamDescription, names: string[]): Map<string, Join[]> {
  const far = joinsOf(stream, names).filter(({ kind }) => kind === 'far')
  return Map.groupBy(far, ({ base }) => base)
}

function farSets(joins: Join[]): FieldSets {
  const names = joins.map(({ far }) => far)
  const portions = inPortions([], names)
  if (portions.length === 1) return { names, portions, singles: [], mark: null }
  return { names, portions: inPortions([MARK], names), singles: [], mark: MARK }
}

/** What the records behind the lookups of `records` cost at most: many may point to one. */
export function farCredits(stream: StreamDescription, names: string[], records: number) {
  const lookups = [...byLookup(stream, names).values()]
  const calls = lookups.reduce((sum, joins) => sum + farSets(joins).portions.length, 0)
  return calls * Math.ceil(records / MOST_IDS)
}

function idOf(row: Row, base: string) {
  const value = row[base]
  const isReference = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isReference && typeof value.id === 'string' ? value.id : null
}

/** Those that are gone are left out. */
async function fetchWhole(ctx: Context, module: string, sets: FieldSets, ids: string[]) {
  const rows = await fetchByIds(ctx, module, sets.portions[0], ids)
  return wholeRows(ctx, { name: module, title: module }, sets, [...rows.values()], (fields, read) =>
    fetchByIds(
      ctx,
      module,
      fields,
      read.map(({ id }) => id)
    )
  )
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
    const found = await fetchWhole(ctx, joins[0].module, farSets(joins), [...new Set(ids)])
    for (const row of all) {
      const target = found.get(idOf(row, base) ?? '')
      const values = joins.map(({ name, far }) => [name, target?.[far] ?? null] as const)
      rows.set(row.id, { ...row, ...Object.fromEntries(values) })
    }
  }
}
