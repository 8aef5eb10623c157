import type { Field, Value } from '#sdk'
import { decimalText } from './decimal.js'
import { instantOf } from './time_text.js'
import { zoneOf } from './zone.js'

type FieldType = Field['type']

/**
 * A value in the form in which two of them are compared: spaces at the ends and case do not
 * count, nor how a number or an instant is written. Empty where there is none.
 */
export function valueForm(value: Value | undefined, type: FieldType): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'object') return referenceForm(value)
  if (type === 'integer' || type === 'decimal') return numberForm(value)
  if (type === 'datetime') {
    const instant = instantOf(String(value).trim(), zoneOf(undefined))
    return instant === null ? String(value) : String(Math.floor(instant / 1000))
  }
  return String(value).trim().toLowerCase()
}

function referenceForm(value: Exclude<Value, string | number | boolean | null>): string {
  if (Array.isArray(value)) return JSON.stringify(value)
  const { id } = value
  return id === undefined || id === null ? JSON.stringify(value) : String(id)
}

function numberForm(value: string | number | boolean): string {
  const text = typeof value === 'boolean' ? String(value) : decimalText(value)
  if (text === null) return String(value)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

const PHONE = /^[+(]?\d[\d\s().\-/]{5,30}$/
const HOST =
  /^(?:[a-z][a-z0-9+.-]*:\/\/)?((?:[\p{L}\p{N}-]{1,63}\.){1,20}\p{L}{2,22})(?::\d+)?(?:[/?#].*)?$/u

/**
 * One form of what is written in many: the digits of a phone number with its country, the host
 * of a web address. Of fields that take any text the value itself tells what it is.
 */
export function commonForm(value: Value | undefined, type: FieldType): string {
  const plain = valueForm(value, type)
  const isAny = type === 'text'
  if ((type === 'phone' || isAny) && PHONE.test(plain)) return digitsOf(plain)
  if (type !== 'url' && !isAny) return plain
  return HOST.exec(plain)?.[1].replace(/^www\./, '') ?? plain
}

function digitsOf(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '')
  return digits.startsWith('00') && !phone.startsWith('+') ? digits.slice(2) : digits
}
