import { coqlColumn, type CoqlColumn } from '../coql/coql_column.js'
import { comparable, operandOf, type Operand } from '../coql/operand.js'
import type { DataType } from '../metadata/field_definition.js'
import { ApiFault } from '../server/api_fault.js'
import { isObject } from '../server/call.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { ModuleTable } from '../store/module_table.js'
import type { StoredRecord } from '../store/stored_record.js'
import type { ReadCriteria } from './bulk_read_query.js'

type Test = (record: StoredRecord) => boolean

const MOST_CRITERIA = 25
const EMPTY = '${EMPTY}'
const CHOICE = ['equal', 'not_equal', 'in', 'not_in']
const TEXT = [...CHOICE, 'contains', 'not_contains', 'starts_with', 'ends_with']
const ORDER = ['less_than', 'less_equal', 'greater_than', 'greater_equal']
const RANGE = [...CHOICE, ...ORDER, 'between', 'not_between']

const comparators: Partial<Record<DataType, readonly string[]>> = {
  text: TEXT,
  email: TEXT,
  phone: TEXT,
  website: TEXT,
  picklist: TEXT,
  autonumber: TEXT,
  lookup: CHOICE,
  ownerlookup: CHOICE,
  userlookup: CHOICE,
  boolean: ['equal', 'not_equal'],
  integer: RANGE,
  bigint: RANGE,
  double: RANGE,
  currency: RANGE,
  percent: RANGE,
  date: RANGE,
  datetime: RANGE,
}

const refuse = (code: string, message: string, details: Record<string, unknown> = {}) =>
  new ApiFault(400, code, message, { api_name: 'criteria', ...details })

function testOf(comparator: string, operands: readonly Operand[]): (value: Operand) => boolean {
  const [low, high] = operands
  switch (comparator) {
    case 'less_than':
      return (value) => value < low
    case 'less_equal':
      return (value) => value <= low
    case 'greater_than':
      return (value) => value > low
    case 'greater_equal':
      return (value) => value >= low
    case 'between':
      return (value) => value >= low && value <= high
    case 'contains':
      return (value) => String(value).includes(String(low))
    case 'starts_with':
      return (value) => String(value).startsWith(String(low))
    case 'ends_with':
      return (value) => String(value).endsWith(String(low))
    default:
      return (value) => operands.includes(value)
  }
}

const positives: Record<string, string> = {
  not_equal: 'equal',
  not_in: 'in',
  not_contains: 'contains',
  not_between: 'between',
}

function operandsOf(column: CoqlColumn, comparator: string, value: unknown) {
  const isMany = comparator.endsWith('in') || comparator.endsWith('between')
  const sent: unknown[] = Array.isArray(value) ? value : isMany ? String(value).split(',') : [value]
  const isPair = !comparator.endsWith('between') || sent.length === 2
  const operands = sent.map((item) => {
    const isNumber = typeof item === 'number' || /^-?\d+(?:\.\d+)?$/.test(String(item))
    const isText = column.field.dataType !== 'boolean'
    const kind = !isText ? 'boolean' : isNumber && typeof item !== 'boolean' ? 'number' : 'text'
    const text = String(item).trim()
    return operandOf(column, { kind: isTextual(column) ? 'text' : kind, text })
  })
  const whole = operands.filter((operand) => operand !== null)
  const isBoolean = column.field.dataType !== 'boolean' || ['true', 'false'].includes(String(value))
  if (isPair && isBoolean && whole.length === sent.length) return whole
  throw refuse('INVALID_DATA', 'the value does not fit the field', { field: column.name })
}

const isTextual = ({ field, name }: CoqlColumn) =>
  comparators[field.dataType] === TEXT && name !== 'id'

function compileOne(org: SimulatedOrg, table: ModuleTable, criterion: ReadCriteria): Test {
  const { field, comparator, value } = criterion
  const name = isObject(field) ? String(field.api_name) : ''
  const column = coqlColumn(org, table, name)
  const known = comparators[column.field.dataType]
  if (!known) {
    throw refuse('FIELD_IN_CRITERIA_NOT_SUPPORTED', 'the field cannot be used', { field: name })
  }
  if (typeof comparator !== 'string' || !known.includes(comparator)) {
    throw refuse('INVALID_DATA', 'the comparator does not fit the field', { field: name })
  }
  const isNot = comparator in positives
  if (value === EMPTY && comparator.endsWith('equal')) {
    return (record) => (column.read(record) === null) !== isNot
  }
  const operands = operandsOf(column, comparator, value)
  const test = testOf(positives[comparator] ?? comparator, operands)
  return (record) => {
    const stored = comparable(column, column.read(record))
    return stored === null ? isNot : test(stored) !== isNot
  }
}

function compileGroup(
  org: SimulatedOrg,
  table: ModuleTable,
  criteria: unknown,
  seen: { count: number }
): Test {
  if (!isObject(criteria)) throw refuse('INVALID_DATA', 'a criterion must be an object')
  const { group_operator: operator, group } = criteria
  if (group === undefined) {
    seen.count += 1
    if (seen.count <= MOST_CRITERIA) return compileOne(org, table, criteria)
    throw refuse('CRITERIA_LIMIT_EXCEEDED', 'too many criteria', { max_limit: MOST_CRITERIA })
  }
  const isKnown = operator === 'and' || operator === 'or'
  if (!Array.isArray(group) || group.length === 0 || !isKnown) {
    throw refuse('INVALID_DATA', 'a group needs group_operator and criteria')
  }
  const tests = group.map((part) => compileGroup(org, table, part, seen))
  return operator === 'and'
    ? (record) => tests.every((test) => test(record))
    : (record) => tests.some((test) => test(record))
}

export function compileReadCriteria(
  org: SimulatedOrg,
  table: ModuleTable,
  criteria: ReadCriteria
): Test {
  return compileGroup(org, table, criteria, { count: 0 })
}
