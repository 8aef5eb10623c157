import type { CoqlComparator, CoqlCondition } from './coql_query.js'

const FROM_BELOW: readonly CoqlComparator[] = ['=', '>', '>=', 'between']

/** The least literal of a column that a fitting record can hold; null when the condition does not say. */
export function lowerBound(condition: CoqlCondition, column: string): string | null {
  if (condition.kind === 'compare') {
    const isBound = condition.column === column && FROM_BELOW.includes(condition.comparator)
    return isBound ? condition.values[0].text : null
  }
  const left = lowerBound(condition.left, column)
  const right = lowerBound(condition.right, column)
  if (condition.kind === 'or') return left === right ? left : null
  return left ?? right
}
