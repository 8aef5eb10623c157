import { defineField } from '../metadata/define_field.js'
import type { FieldDefinition } from '../metadata/field_definition.js'
import { ApiFault } from '../server/api_fault.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { ModuleTable } from '../store/module_table.js'
import { storedValue } from '../store/render_record.js'
import type { StoredRecord, StoredValue } from '../store/stored_record.js'
import { parseDatetime } from '../time/parse_time.js'
import type { Criteria, Criterion } from './parse_criteria.js'

const TEXT = ['equals', 'not_equal', 'starts_with', 'in']
const CHOICE = ['equals', 'not_equal', 'in']
const RANGE = [...CHOICE, 'greater_than', 'greater_equal', 'less_than', 'less_equal', 'between']
const MOST_VALUES = 100
const idField = defineField('id', 'lookup')

function operatorsOf({ dataType }: FieldDefinition) {
  switch (dataType) {
    case 'text':
    case 'email':
    case 'phone':
    case 'website':
      return TEXT
    case 'textarea':
      return ['equals', 'not_equal', 'starts_with']
    case 'picklist':
    case 'lookup':
    case 'ownerlookup':
    case 'userlookup':
    case 'autonumber':
      return CHOICE
    case 'multiselectpicklist':
      return TEXT
    case 'boolean':
      return ['equals', 'not_equal']
    case 'subform':
    case 'multiselectlookup':
    case 'fileupload':
    case 'imageupload':
    case 'pricing':
      return []
    default:
      return RANGE
  }
}

type Test = (stored: StoredValue) => boolean

const words = (stored: StoredValue) => String(stored ?? '').toLowerCase()

/** Zoho's `equals` on a text is a contains. */
function textTest(operator: string, values: readonly string[]): Test {
  const wanted = values.map((value) => value.toLowerCase())
  switch (operator) {
    case 'not_equal':
      return (stored) => !words(stored).includes(wanted[0])
    case 'starts_with':
      return (stored) => words(stored).startsWith(wanted[0])
    default:
      return (stored) => wanted.some((value) => stored !== null && words(stored).includes(value))
  }
}

function choiceTest(operator: string, values: readonly string[]): Test {
  const wanted = values.map((value) => value.toLowerCase())
  if (operator === 'not_equal') return (stored) => words(stored) !== wanted[0]
  return (stored) => wanted.includes(words(stored))
}

function rangeTest(operator: string, [low, high]: readonly number[], all: readonly number[]): Test {
  const tests: Record<string, (value: number) => boolean> = {
    equals: (value) => value === low,
    not_equal: (value) => value !== low,
    greater_than: (value) => value > low,
    greater_equal: (value) => value >= low,
    less_than: (value) => value < low,
    less_equal: (value) => value <= low,
    between: (value) => value >= low && value <= high,
    in: (value) => all.includes(value),
  }
  return (stored) => stored !== null && tests[operator](comparable(stored))
}

function comparable(stored: StoredValue) {
  return typeof stored === 'number' ? stored : Number(String(stored).replaceAll('-', ''))
}

function toNumber({ dataType, apiName }: FieldDefinition, value: string) {
  const number = dataType === 'datetime' ? parseDatetime(value) : comparable(value)
  if (number !== null && !Number.isNaN(number) && value !== '') return number
  throw new ApiFault(400, 'INVALID_QUERY', 'invalid query formed', {
    reason: 'the value does not fit the field',
    api_name: apiName,
  })
}

const valueLimit = (operator: string) =>
  operator === 'in' ? MOST_VALUES : operator === 'between' ? 2 : 1

function testOf(field: FieldDefinition, { operator, values }: Criterion): Test {
  const isHalf = operator === 'between' && values.length < 2
  const isOdd = isHalf || values.includes('') || values.length > valueLimit(operator)
  if (isOdd || !operatorsOf(field).includes(operator)) {
    throw new ApiFault(400, 'INVALID_QUERY', 'invalid query formed', {
      reason: 'the operator or its value does not fit the field',
      api_name: field.apiName,
      operator,
    })
  }
  const operators = operatorsOf(field)
  if (operators === RANGE) {
    const numbers = values.map((value) => toNumber(field, value))
    return rangeTest(operator, numbers, numbers)
  }
  return operators === CHOICE || field.dataType === 'boolean'
    ? choiceTest(operator, values)
    : textTest(operator, values)
}

interface Searched {
  org: SimulatedOrg
  table: ModuleTable
  /** The external field by which the call names records: its values are whole, as ids are. */
  own: string | null
}

/** A test of records that says what the criteria say. */
export function matchCriteria(
  searched: Searched,
  criteria: Criteria
): (record: StoredRecord) => boolean {
  const { org, table, own } = searched
  if (criteria.kind !== 'one') {
    const tests = criteria.parts.map((part) => matchCriteria(searched, part))
    return criteria.kind === 'and'
      ? (record) => tests.every((test) => test(record))
      : (record) => tests.some((test) => test(record))
  }
  const { field: name } = criteria.criterion
  const field = name === 'id' ? idField : table.fields.get(name)
  if (!field) {
    throw new ApiFault(400, 'INVALID_QUERY', 'invalid query formed', {
      reason: 'the field is not available',
      api_name: name,
    })
  }
  const isKey = name === own
  const test = testOf(isKey ? { ...field, dataType: 'lookup' } : field, criteria.criterion)
  const isTime = field.dataType === 'datetime'
  return (record) => {
    const stored = storedValue(org, record, name)
    return test(isTime && typeof stored === 'number' ? wholeSecond(stored) : stored)
  }
}

/** The store keeps milliseconds, which a query cannot name. */
const wholeSecond = (at: number) => Math.floor(at / 1000) * 1000
