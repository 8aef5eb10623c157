import { ConnectorError, type Field, type Value } from '#sdk'
import { isReference } from '../references/reference.js'

/** The text of a cell before quoting. Null is an empty cell. */
export type CellText = (value: Value | undefined) => string

/** Milliseconds and "Z" are no part of the format that the file declares. */
function datetime(text: string) {
  if (text.length === 20 && text.endsWith('Z')) return `${text.slice(0, 19)}+00:00`
  if (text.length === 25) return text
  return text.replace(/\.\d+/, '').replace(/Z$/, '+00:00')
}

function plain(value: Value | undefined): string {
  if (typeof value === 'string') return value
  return value === null || value === undefined ? '' : String(value)
}

function many(value: Value | undefined): string {
  return Array.isArray(value) ? value.join(';') : plain(value)
}

function lookup(value: Value | undefined): string {
  if (value === null || value === undefined) return ''
  if (isReference(value)) return plain(value.value)
  if (typeof value === 'object' && !Array.isArray(value)) return plain(value.id)
  return plain(value)
}

function noCell(field: Field): CellText {
  return (value) => {
    if (value === null || value === undefined) return ''
    throw new ConnectorError(
      'config',
      `${field.label ?? field.name} holds rows or files, which a bulk file cannot carry. Set the service's route to upsert, or do not map it.`
    )
  }
}

export function cellText(field: Field): CellText {
  switch (field.type) {
    case 'datetime':
      return (value) => datetime(plain(value))
    case 'multipicklist':
      return many
    case 'lookup':
      return lookup
    case 'json':
      return noCell(field)
    default:
      return plain
  }
}
