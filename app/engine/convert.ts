import type { Conversion, Field, MappingRow, Value } from '#sdk'
import { decimalText, digitsOf } from './decimal.js'
import { Misfit, type Converted } from './misfit.js'
import { dayOf, instantOf, instantText } from './time_text.js'
import { zoneOf } from './zone.js'

/** Turns a value that is neither null nor '' into what a field takes. */
export type Converter = (value: Value) => Converted

const YES = new Set(['true', '1', 'yes', 'y', 'on'])
const NO = new Set(['false', '0', 'no', 'n', 'off'])
/** What a JSON number is certain to carry through any reader. */
const NUMBER_DIGITS = 15

const BY_TYPE: { [type in Field['type']]: Conversion | 'multipicklist' | 'json' } = {
  text: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  integer: 'integer',
  decimal: 'decimal',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  picklist: 'picklist',
  multipicklist: 'multipicklist',
  lookup: 'lookup',
  json: 'json',
}

export function compileConverter(
  field: Field,
  { as, by, timezone }: Pick<MappingRow, 'as' | 'by' | 'timezone'>
): Converter {
  const zone = zoneOf(timezone)
  switch (as ?? BY_TYPE[field.type]) {
    case 'text':
    case 'picklist':
      return toText
    case 'integer':
      return toInteger
    case 'decimal':
      return field.asNumber ? toDecimalNumber : toDecimal
    case 'boolean':
      return toBoolean
    case 'date':
      return (value) =>
        (typeof value === 'string' ? dayOf(value.trim(), zone) : null) ??
        new Misfit('NOT_A_DATE', 'is not a date like 2026-11-20', value)
    case 'datetime':
      return (value) => {
        const instant = typeof value === 'string' ? instantOf(value.trim(), zone) : null
        return instant === null
          ? new Misfit('NOT_A_TIME', 'is not a time like 2026-11-20T09:30:00Z', value)
          : instantText(instant)
      }
    case 'multipicklist':
      return toTexts
    case 'lookup':
      return by === undefined ? toLookup : referenceBy(by)
    case 'json':
      return (value) => value
  }
}

/** Whether a text stays what it is. */
export function keepsTexts(convert: Converter): boolean {
  return convert === toText
}

function toText(value: Value): Converted {
  if (typeof value === 'string') return value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function toInteger(value: Value): Converted {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  const text = typeof value === 'number' || typeof value === 'string' ? decimalText(value) : null
  const whole = text === null ? null : /^(-?\d+)(?:\.0+)?$/.exec(text)
  if (!whole) return new Misfit('NOT_AN_INTEGER', 'is not a whole number', value)
  const number = Number(whole[1])
  return Number.isSafeInteger(number) ? number : whole[1]
}

function toDecimal(value: Value): Converted {
  const text = typeof value === 'number' || typeof value === 'string' ? decimalText(value) : null
  return text ?? new Misfit('NOT_A_DECIMAL', 'is not a decimal number', value)
}

function toDecimalNumber(value: Value): Converted {
  const text = toDecimal(value)
  if (typeof text !== 'string') return text
  return text.length > NUMBER_DIGITS && digitCount(text) > NUMBER_DIGITS
    ? new Misfit('TOO_MANY_DIGITS', `has more than ${NUMBER_DIGITS} digits`, value)
    : Number(text)
}

function digitCount(text: string): number {
  const { whole, fraction } = digitsOf(text)
  return whole + fraction
}

function toBoolean(value: Value): Converted {
  if (typeof value === 'boolean') return value
  const text = String(value).trim().toLowerCase()
  if (YES.has(text)) return true
  if (NO.has(text)) return false
  return new Misfit('NOT_A_BOOLEAN', 'is neither true nor false', value)
}

function toTexts(value: Value): Converted {
  if (Array.isArray(value)) return value.map((each) => String(each))
  if (typeof value === 'object') return new Misfit('NOT_A_LIST', 'is not a list of texts', value)
  return String(value)
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each !== '')
}

function toLookup(value: Value): Converted {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : value
  return typeof id === 'string' || typeof id === 'number'
    ? { id: String(id) }
    : new Misfit('NOT_AN_ID', 'is not the id of a record', value)
}

/** The connector finds the record that holds the value, so that no credit is spent on what is unchanged. */
function referenceBy(by: string): Converter {
  return (value) =>
    typeof value === 'object'
      ? new Misfit('NOT_A_VALUE', `is not a value to find a record by '${by}'`, value)
      : { by, value: typeof value === 'string' ? value.trim() : value }
}
