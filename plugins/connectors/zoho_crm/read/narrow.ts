import type { Field, Filter, StreamDescription, Value } from '#sdk'
import { joinOf } from './join_of.js'
import { isJoined } from './joined_name.js'

export type Comparator = '=' | '<' | '<=' | '>' | '>=' | 'in' | 'null' | 'not null'

/** A condition that Zoho can be asked for; what fulfils the filter fulfils it too. */
export type Narrow =
  { all: Narrow[] } | { any: Narrow[] } | { field: string; op: Comparator; values: Value[] }

const TEXTS = ['text', 'email', 'phone', 'url', 'picklist']
/** Longer texts are multi-line ones, which Zoho does not compare. */
const LONGEST = 255
/** Zoho takes 25 criteria; the place to go on from takes up to four of them. */
const MOST_CRITERIA = 20
export const MOST_IN = 50
const DIGITS = /^\d{1,19}$/
/** Empty, with signs that no line holds, or a placeholder of bulk read. */
const ODD = /\p{Cc}|^\s*$|^\$\{/u

function isLine({ type, maxLength }: Field) {
  return TEXTS.includes(type) && (maxLength ?? LONGEST) <= LONGEST
}

function isAskable(field: Field, value: Value) {
  if (field.name === 'id') return typeof value === 'string' && DIGITS.test(value)
  if (isLine(field)) {
    return typeof value === 'string' && !ODD.test(value) && value.length <= LONGEST
  }
  if (field.type === 'boolean') return typeof value === 'boolean'
  return field.type === 'integer' && Number.isSafeInteger(value)
}

/** Zoho compares texts without case, and what is empty with nothing: only wider is harmless. */
function narrowOne(field: Field, filter: Exclude<Filter, { all: Filter[] } | { any: Filter[] }>) {
  const { name, type } = field
  if (filter.op === 'in') {
    const isWhole =
      filter.values.length > 0 && filter.values.every((each) => isAskable(field, each))
    return isWhole && type !== 'boolean'
      ? { field: name, op: filter.op, values: [...new Set(filter.values)] }
      : null
  }
  const { op, value } = filter
  if (value === null) {
    const isKnown = isLine(field) || type === 'integer'
    if (!isKnown || name === 'id' || (op !== '=' && op !== '!=')) return null
    return { field: name, op: op === '=' ? ('null' as const) : ('not null' as const), values: [] }
  }
  const isOrdered = type === 'integer' || op === '='
  return op !== '!=' && isOrdered && isAskable(field, value)
    ? { field: name, op, values: [value] }
    : null
}

/** How many criteria a condition counts as. */
export function criteriaOf(condition: Narrow): number {
  if ('all' in condition) return condition.all.reduce((sum, each) => sum + criteriaOf(each), 0)
  if ('any' in condition) return condition.any.reduce((sum, each) => sum + criteriaOf(each), 0)
  return Math.max(1, Math.ceil(condition.values.length / MOST_IN))
}

function few(parts: Narrow[]) {
  const taken: Narrow[] = []
  let criteria = 0
  for (const part of parts) {
    if (criteria + criteriaOf(part) > MOST_CRITERIA) continue
    taken.push(part)
    criteria += criteriaOf(part)
  }
  return taken
}

/**
 * The part of a filter that Zoho can be asked for without losing a record; the rest, and case,
 * is for `fulfils`. Null where there is none.
 */
export function narrow(
  filter: Filter | null,
  stream: StreamDescription,
  withJoins = true
): Narrow | null {
  if (filter === null) return null
  if ('all' in filter || 'any' in filter) {
    const given = 'all' in filter ? filter.all : filter.any
    const parts = given.map((each) => narrow(each, stream, withJoins))
    const known = parts.filter((each) => each !== null)
    if ('all' in filter) {
      const taken = few(known)
      return taken.length > 1 ? { all: taken } : (taken[0] ?? null)
    }
    const isWhole = known.length === parts.length && known.length > 0
    const any = { any: known }
    return isWhole && criteriaOf(any) <= MOST_CRITERIA ? any : null
  }
  const field = stream.fields.find(({ name }) => name === filter.field)
  if (!field || (!withJoins && isJoined(field.name))) return null
  if (joinOf(stream, field.name)?.kind === 'person') return null
  const found = narrowOne(field, filter)
  return found && criteriaOf(found) <= MOST_CRITERIA ? found : null
}
