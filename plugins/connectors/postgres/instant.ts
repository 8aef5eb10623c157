import { ConnectorError, type Value } from '#sdk'

const STORED = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?(?:\+00)?$/

/** "2026-11-20 09:30:00.5+00" → "2026-11-20T09:30:00.500000Z". What is no such time ("infinity") stays. */
export function instantOf(text: string, digits: number): string {
  const parts = STORED.exec(text)
  if (parts === null) return text
  const fraction = digits === 0 ? '' : `.${(parts[3] ?? '').padEnd(digits, '0')}`
  return `${parts[1]}T${parts[2]}${fraction}Z`
}

/** The stored text of a time that reads back as exactly `value`; null if none does. */
export function storedInstant(value: string, digits: number): string | null {
  const fraction = digits === 0 ? '' : `\\.\\d{${digits}}`
  const shape = new RegExp(`^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d${fraction}Z$`)
  if (!shape.test(value) || !isDate(value.slice(0, 10)) || Number.isNaN(Date.parse(value))) {
    return null
  }
  return `${value.slice(0, 10)} ${value.slice(11, -1)}`
}

/** Whether the calendar has this day. */
export function isDate(text: string): boolean {
  if (!/^(?!0000)\d{4}-\d\d-\d\d$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

const ISO = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)?$/

/** An instant with any offset as UTC text of the database, to the microsecond. */
export function utcText(value: Value): string | null {
  const parts = typeof value === 'string' ? ISO.exec(value) : null
  const seconds = parts ? Date.parse(`${parts[1].replace(' ', 'T')}${parts[3] ?? 'Z'}`) : Number.NaN
  if (parts === null || Number.isNaN(seconds)) return null
  const text = new Date(seconds).toISOString().slice(0, 19).replace('T', ' ')
  return text + (parts[2] ?? '').slice(0, 7)
}

export function boundInstant(value: Value): string {
  const text = utcText(value)
  if (text !== null) return text
  throw new ConnectorError('config', `${JSON.stringify(value)} is not a time to read from.`)
}
