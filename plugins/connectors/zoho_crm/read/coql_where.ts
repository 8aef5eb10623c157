import type { IncrementalBounds, ReadQuery, StreamDescription } from '#sdk'
import { coqlText } from './coql_text.js'
import { MOST_IN, narrow, type Narrow } from './narrow.js'
import { zohoInstant } from './zoho_instant.js'

/** A record that a query goes on behind: its id, and its value of the incremental field. */
export interface Place {
  id: string
  value?: string
}

/** Groups stand in brackets pairwise. */
function grouped(operator: 'and' | 'or', parts: string[]): string {
  return parts.reduceRight((rest, part) => `(${part} ${operator} ${rest})`)
}

function oneOf(field: string, values: string[]) {
  const groups: string[] = []
  for (let from = 0; from < values.length; from += MOST_IN) {
    groups.push(`${field} in (${values.slice(from, from + MOST_IN).join(', ')})`)
  }
  return grouped('or', groups)
}

export function coqlCondition(condition: Narrow): string {
  if ('all' in condition) return grouped('and', condition.all.map(coqlCondition))
  if ('any' in condition) return grouped('or', condition.any.map(coqlCondition))
  const { field, op } = condition
  if (op === 'null' || op === 'not null') return `${field} is ${op}`
  const values = condition.values.map(coqlText)
  return op === 'in' ? oneOf(field, values) : `${field} ${op} ${values[0]}`
}

/** Behind a record: by id alone, or by (field, id), so that equal times lose nobody. */
function behind({ id, value }: Place, bounds: IncrementalBounds | null) {
  if (!bounds || value === undefined) return `id > ${coqlText(id)}`
  const { field } = bounds
  const at = coqlText(value)
  return `(${field} > ${at} or (${field} = ${at} and id > ${coqlText(id)}))`
}

function upTo({ id, value }: Place, bounds: IncrementalBounds | null) {
  return bounds && value !== undefined
    ? `${bounds.field} <= ${coqlText(value)}`
    : `id <= ${coqlText(id)}`
}

function lowest(bounds: IncrementalBounds | null) {
  if (!bounds || bounds.from === null) return null
  return `${bounds.field} >= ${coqlText(zohoInstant(bounds.from, 'up'))}`
}

function highest(bounds: IncrementalBounds | null) {
  return bounds && `${bounds.field} <= ${coqlText(zohoInstant(bounds.until, 'down'))}`
}

/** What a query reads from: the module, or one of its custom views. */
export function coqlSource({ name }: StreamDescription, { view = null }: Pick<ReadQuery, 'view'>) {
  return view === null ? name : `${name}#${view}`
}

/** The records of a query, behind one place and up to another. */
export function coqlWhere(
  stream: StreamDescription,
  { filter, incremental }: Pick<ReadQuery, 'filter' | 'incremental'>,
  after: Place | null = null,
  until: Place | null = null
): string {
  const wanted = narrow(filter, stream)
  const parts = [
    after ? behind(after, incremental) : lowest(incremental),
    until ? upTo(until, incremental) : highest(incremental),
    wanted && coqlCondition(wanted),
  ].filter((part) => part !== null)
  return parts.length === 0 ? 'id is not null' : grouped('and', parts)
}
