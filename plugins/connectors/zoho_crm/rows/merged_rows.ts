import type { Field, RecordValues, Value } from '#sdk'
import { isRow } from './is_row.js'

function idOf(value: Value | undefined) {
  if (typeof value === 'string') return value
  return value !== undefined && isRow(value) && typeof value.id === 'string' ? value.id : null
}

/** A link or a file that is there already needs no second one. */
function identity({ through, files }: Field) {
  if (through !== undefined) return (row: RecordValues) => idOf(row[through])
  return files ? (row: RecordValues) => idOf(row.File_Id__s) : () => null
}

/**
 * Whether Zoho keeps rows that are not spoken of differs by version, so every row that is there
 * is named: to stay as it is, or to go.
 */
export function mergedRows(
  given: Value[],
  existing: RecordValues[],
  field: Field,
  rows: 'replace' | 'add'
): Value[] {
  const same = identity(field)
  const known = new Map(existing.map((row) => [same(row), row.id]))
  const staying = new Set<Value | undefined>()
  const spoken = given.filter(isRow).filter((row) => {
    const twin = same(row) === null ? undefined : known.get(same(row))
    staying.add(twin ?? row.id)
    return twin === undefined
  })
  const named = new Set(spoken.map(({ id }) => id))
  const rest = existing
    .filter(({ id }) => !named.has(id))
    .map(({ id }): RecordValues => {
      return rows === 'add' || staying.has(id) ? { id } : { id, _delete: null }
    })
  return [...spoken, ...(field.rows !== undefined && !field.through ? rest : onlyGone(rest))]
}

/** Links and files stay without being named. */
function onlyGone(rest: RecordValues[]) {
  return rest.filter((row) => '_delete' in row)
}
