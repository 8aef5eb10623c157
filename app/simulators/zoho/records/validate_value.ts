import type { DataType, FieldDefinition } from '../metadata/field_definition.js'
import { isObject } from '../server/call.js'
import type { StoredValue } from '../store/stored_record.js'
import { isDate, parseDatetime } from '../time/parse_time.js'

/** Why a value is not taken. */
export class Refusal {
  constructor(
    readonly details: Record<string, unknown>,
    readonly code = 'INVALID_DATA',
    readonly path = ''
  ) {}
}

export interface ValueRules {
  strictPicklists: boolean
  hasRecord: (field: FieldDefinition, id: string) => boolean
}

const EMAIL = /^[\p{L}\p{N}_+-][^\s@"<>(),;:\\[\]]*@(?=.{4,256}$)(?:[\p{L}\p{N}-]+\.)+\p{L}{2,22}$/u
const PHONE = /^[+(]?[A-Za-z0-9](?:[A-Za-z0-9+.\-(),;# ]*)$/
const WEBSITE = /^(?:[a-z][a-z0-9+.-]*:\/\/)?[^\s/.]+(?:\.[^\s/.]+)+(?:[/?#:]\S*)?$/iu

type Check = (field: FieldDefinition, value: unknown, rules: ValueRules) => StoredValue | Refusal

const wrongType = (field: FieldDefinition) =>
  new Refusal({ expected_data_type: field.target ? 'jsonobject' : field.dataType })

const tooLong = (field: FieldDefinition) => new Refusal({ maximum_length: field.length })

const text =
  (pattern?: RegExp): Check =>
  (field, value) => {
    if (typeof value !== 'string') return wrongType(field)
    if (value.length > field.length) return tooLong(field)
    return pattern && !pattern.test(value) ? wrongType(field) : value
  }

const picklist: Check = (field, value, { strictPicklists }) => {
  if (typeof value !== 'string') return wrongType(field)
  if (value.length > field.length) return tooLong(field)
  return strictPicklists && !field.values.includes(value) ? wrongType(field) : value
}

const picklists: Check = (field, value, rules) => {
  if (!Array.isArray(value)) return new Refusal({ expected_data_type: 'jsonarray' })
  const refused = value.map((item) => picklist(field, item, rules))
  return refused.find((item) => item instanceof Refusal) ?? value
}

const integer: Check = (field, value) => {
  if (typeof value !== 'number' || !Number.isInteger(value)) return wrongType(field)
  return Math.abs(value) >= 10 ** field.length ? tooLong(field) : value
}

const decimal: Check = (field, value) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) return wrongType(field)
  if (Math.abs(value) >= 1e16) return tooLong(field)
  const scaled = Math.abs(value) < 1e6 ? value * 1e9 : 0
  return Math.abs(scaled - Math.round(scaled)) > 0.1 ? tooLong(field) : value
}

const percent: Check = (field, value) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) return wrongType(field)
  return String(Math.abs(value)).replace('.', '').length > field.length ? tooLong(field) : value
}

const lookup: Check = (field, value, { hasRecord }) => {
  if (!isObject(value)) return wrongType(field)
  if (value.id === undefined || value.id === null) {
    return new Refusal({ api_name: 'id' }, 'MANDATORY_NOT_FOUND', '.id')
  }
  if (typeof value.id !== 'string' || !hasRecord(field, value.id)) {
    return new Refusal({ api_name: 'id', expected_data_type: 'bigint' }, 'INVALID_DATA', '.id')
  }
  return value.id
}

const rows: Check = (_field, value) =>
  Array.isArray(value) && value.every(isObject)
    ? value
    : new Refusal({ expected_data_type: 'jsonarray' })

const checks: Record<DataType, Check> = {
  text: text(),
  textarea: text(),
  email: text(EMAIL),
  phone: text(PHONE),
  website: text(WEBSITE),
  autonumber: text(),
  picklist,
  multiselectpicklist: picklists,
  date: (field, value) => (typeof value === 'string' && isDate(value) ? value : wrongType(field)),
  datetime: (field, value) =>
    (typeof value === 'string' ? parseDatetime(value) : null) ?? wrongType(field),
  bigint: (field, value) =>
    typeof value === 'string' && /^-?\d{1,18}$/.test(value) ? value : wrongType(field),
  boolean: (field, value) => (typeof value === 'boolean' ? value : wrongType(field)),
  integer,
  double: decimal,
  currency: decimal,
  percent,
  lookup,
  ownerlookup: lookup,
  userlookup: lookup,
  formula: decimal,
  rollup_summary: decimal,
  subform: rows,
  multiselectlookup: rows,
  fileupload: rows,
  imageupload: rows,
  pricing: rows,
}

/** The value as it is stored, or why it is refused. */
export function validateValue(field: FieldDefinition, value: unknown, rules: ValueRules) {
  if (value === null || value === '') return null
  return checks[field.dataType](field, value, rules)
}
