import { limitExceeded } from './limit_exceeded.js'
import type { CoqlCondition, CoqlQuery } from './coql_query.js'

function columnsOf(condition: CoqlCondition): string[] {
  if (condition.kind === 'compare') return [condition.column]
  return [...columnsOf(condition.left), ...columnsOf(condition.right)]
}

/** Only so many lookups of the module may be looked behind. */
export function checkJoins({ terms, where, orderBy }: CoqlQuery, most: number) {
  const columns = [...terms, ...orderBy].map(({ column }) => column)
  const dotted = [...columns, ...columnsOf(where)].filter((column) => column.includes('.'))
  const joins = new Set(dotted.map((column) => column.split('.', 1)[0]))
  if (joins.size > most) throw limitExceeded('join', most)
}
