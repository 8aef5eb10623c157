import type { Field, RecordValues, Value } from '#sdk'

function isRow(value: Value): value is RecordValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function idOf(value: Value | undefined) {
  if (typeof value === 'string') return value
  return value !== undefined && isRow(value) && typeof value.id === 'string' ? value.id : null
}

/** A link that is there already needs no second one. */
function withoutKnown(rows: RecordValues[], existing: RecordValues[], through: string) {
  const known = new Map(existing.map((row) => [idOf(row[through]), row]))
  const kept: RecordValues[] = []
  const added = rows.filter((row) => {
    const before = known.get(idOf(row[through]))
    if (before) kept.push(before)
    return before === undefined
  })
  return { kept, added }
}

/** Zoho keeps rows that are not spoken of, so those to go are named. */
export function replacedRows(
  given: Value[],
  existing: RecordValues[],
  { through }: Field
): Value[] {
  const rows = given.filter(isRow)
  const { kept, added } = through
    ? withoutKnown(rows, existing, through)
    : { kept: [] as RecordValues[], added: rows }
  const staying = new Set([...kept, ...rows].map(({ id }) => id))
  const gone = existing.filter(({ id }) => !staying.has(id))
  return [...added, ...gone.map(({ id }) => ({ id, _delete: null }))]
}
