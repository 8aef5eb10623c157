import type { IncrementalBounds, ReadQuery, StreamDescription, Value } from '#sdk'
import { type Comparator, MOST_IN, narrow, type Narrow } from '../read/narrow.js'
import { zohoInstant } from '../read/zoho_instant.js'

/** Criteria as bulk read takes them. */
export type Criteria =
  | { field: { api_name: string }; comparator: string; value: Value }
  | { group_operator: 'and' | 'or'; group: Criteria[] }

const EMPTY = '${EMPTY}'

const names: { [comparator in Comparator]: string } = {
  '=': 'equal',
  '<': 'less_than',
  '<=': 'less_equal',
  '>': 'greater_than',
  '>=': 'greater_equal',
  'in': 'in',
  'null': 'equal',
  'not null': 'not_equal',
}

function one(field: string, comparator: string, value: Value): Criteria {
  return { field: { api_name: field }, comparator, value }
}

function grouped(operator: 'and' | 'or', group: Criteria[]): Criteria {
  return group.length === 1 ? group[0] : { group_operator: operator, group }
}

function criterion({ field, op, values }: { field: string; op: Comparator; values: Value[] }) {
  if (op !== 'in') return one(field, names[op], op.endsWith('null') ? EMPTY : values[0])
  const groups: Criteria[] = []
  for (let from = 0; from < values.length; from += MOST_IN) {
    groups.push(one(field, 'in', values.slice(from, from + MOST_IN)))
  }
  return grouped('or', groups)
}

function rendered(condition: Narrow): Criteria {
  if ('all' in condition) return grouped('and', condition.all.map(rendered))
  if ('any' in condition) return grouped('or', condition.any.map(rendered))
  return criterion(condition)
}

function within({ field, from, until }: IncrementalBounds): Criteria[] {
  const upTo = one(field, 'less_equal', zohoInstant(until, 'down'))
  return from === null ? [upTo] : [one(field, 'greater_equal', zohoInstant(from, 'up')), upTo]
}

/** The bounds, the place to begin behind, and as much of the filter as Zoho can be asked for. */
export function bulkCriteria(
  stream: StreamDescription,
  { filter, incremental }: ReadQuery,
  after: string | null
): Criteria | null {
  const wanted = narrow(filter, stream, false)
  const all = [
    ...(incremental ? within(incremental) : []),
    ...(after === null ? [] : [one('id', 'greater_than', after)]),
    ...(wanted ? [rendered(wanted)] : []),
  ]
  return all.length === 0 ? null : grouped('and', all)
}
