import { ConnectorError, type Value } from '#sdk'

/** "2026-11-20 09:30:00.5" → "2026-11-20T09:30:00.5Z". A time that is none ("0000-00-00 …") stays as it is. */
export function instantOf(text: string): string {
  const isTime = text.slice(5, 7) !== '00' && text.slice(8, 10) !== '00'
  return isTime ? `${text.slice(0, 10)}T${text.slice(11)}Z` : text
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
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

const ISO = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)?$/

/** An instant with any offset as UTC text of the database, to the microsecond. */
export function boundInstant(value: Value): string {
  const parts = typeof value === 'string' ? ISO.exec(value) : null
  const seconds = parts ? Date.parse(`${parts[1].replace(' ', 'T')}${parts[3] ?? 'Z'}`) : Number.NaN
  if (parts === null || Number.isNaN(seconds)) {
    throw new ConnectorError('config', `${JSON.stringify(value)} is not a time to read from.`)
  }
  const text = new Date(seconds).toISOString().slice(0, 19).replace('T', ' ')
  return text + (parts[2] ?? '').slice(0, 7)
}
