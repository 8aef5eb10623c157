import type { DataType } from '../metadata/field_definition.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { ModuleTable } from '../store/module_table.js'
import type { StoredRecord } from '../store/stored_record.js'
import { coqlColumn, invalidQuery, type CoqlColumn } from './coql_column.js'
import type { CoqlComparison, CoqlCondition, CoqlLiteral } from './coql_query.js'
import { comparable, operandOf, type Operand } from './operand.js'
import { limitExceeded } from './limit_exceeded.js'

type Test = (record: StoredRecord) => boolean

const EQUALITY = ['=', '!=', 'in', 'not in', 'is null', 'is not null']
const TEXT = [...EQUALITY, 'like', 'not like']
const RANGE = [...EQUALITY, '>', '>=', '<', '<=', 'between', 'not between']

const comparators: Partial<Record<DataType, readonly string[]>> = {
  text: TEXT,
  email: TEXT,
  phone: TEXT,
  website: TEXT,
  picklist: TEXT,
  multiselectpicklist: TEXT,
  autonumber: TEXT,
  lookup: EQUALITY,
  ownerlookup: EQUALITY,
  userlookup: EQUALITY,
  boolean: ['='],
  textarea: [],
}

function operandIn(column: CoqlColumn, literal: CoqlLiteral) {
  const operand = operandOf(column, literal)
  if (operand !== null) return operand
  throw invalidQuery(column.name, 'value given seems to be invalid for the column')
}

function likeTest(column: CoqlColumn, [{ text }]: readonly CoqlLiteral[]) {
  const found = /^%(.*)%$/.exec(text)
  if (!found) throw invalidQuery(column.name, 'like takes %text% only')
  const wanted = found[1].toLowerCase()
  return (value: Operand) => String(value).includes(wanted)
}

function valueTest(column: CoqlColumn, { comparator, values }: CoqlComparison) {
  const plain = comparator.replace(/^not /, '')
  if (plain === 'like') return likeTest(column, values)
  const [low, high] = values.map((value) => operandIn(column, value))
  const all = new Set(values.map((value) => operandIn(column, value)))
  const tests: Record<string, (value: Operand) => boolean> = {
    '=': (value) => value === low,
    '!=': (value) => value !== low,
    '>': (value) => value > low,
    '>=': (value) => value >= low,
    '<': (value) => value < low,
    '<=': (value) => value <= low,
    'in': (value) => all.has(value),
    'between': (value) => value >= low && value <= high,
  }
  return tests[plain]
}

function compileComparison(
  org: SimulatedOrg,
  table: ModuleTable,
  comparison: CoqlComparison
): Test {
  const column = coqlColumn(org, table, comparison.column)
  const { comparator, values } = comparison
  if (!(comparators[column.field.dataType] ?? RANGE).includes(comparator)) {
    throw invalidQuery(column.name, `${comparator} does not fit the column`)
  }
  if (values.length > org.options.coqlInLimit) throw limitExceeded('in', org.options.coqlInLimit)
  if (comparator === 'is null') return (record) => column.read(record) === null
  if (comparator === 'is not null') return (record) => column.read(record) !== null
  const test = valueTest(column, comparison)
  const isNot = comparator.startsWith('not ')
  return (record) => {
    const value = comparable(column, column.read(record))
    return value !== null && test(value) !== isNot
  }
}

export function compileCondition(
  org: SimulatedOrg,
  table: ModuleTable,
  condition: CoqlCondition
): Test {
  if (condition.kind === 'compare') return compileComparison(org, table, condition)
  const left = compileCondition(org, table, condition.left)
  const right = compileCondition(org, table, condition.right)
  return condition.kind === 'and'
    ? (record) => left(record) && right(record)
    : (record) => left(record) || right(record)
}
