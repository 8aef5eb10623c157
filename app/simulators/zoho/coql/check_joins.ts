import type { SimulatorOptions } from '../options.js'
import { limitExceeded } from './limit_exceeded.js'
import type { CoqlCondition, CoqlQuery } from './coql_query.js'

function columnsOf(condition: CoqlCondition): string[] {
  if (condition.kind === 'compare') return [condition.column]
  return [...columnsOf(condition.left), ...columnsOf(condition.right)]
}

/** Lookups of the module behind which these columns stand. */
function joinsOf(columns: readonly string[]) {
  const dotted = columns.filter((column) => column.includes('.'))
  return new Set(dotted.map((column) => column.split('.', 1)[0])).size
}

/** A query may look behind so many lookups to choose rows, and behind more to show them. */
export function checkJoins(
  { terms, where, groupBy, orderBy }: CoqlQuery,
  { coqlJoins, coqlSelectJoins }: Pick<SimulatorOptions, 'coqlJoins' | 'coqlSelectJoins'>
) {
  const ordered = orderBy.map(({ column }) => column)
  const base = joinsOf([...columnsOf(where), ...groupBy, ...ordered])
  if (base > coqlJoins) throw limitExceeded('join', coqlJoins)
  const selected = joinsOf(terms.map(({ column }) => column))
  if (selected > coqlSelectJoins) throw limitExceeded('select join', coqlSelectJoins)
}
