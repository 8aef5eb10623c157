import type { BuilderRow, BuilderValue } from '../../types.js'

export type Origin = 'from' | 'formula' | 'when' | 'value'

export const ORIGINS: Array<{ value: Origin; label: string }> = [
  { value: 'from', label: 'a source field' },
  { value: 'formula', label: 'a formula' },
  { value: 'when', label: 'the first condition that holds' },
  { value: 'value', label: 'always the same value' },
]

export function originOf(row: BuilderRow): Origin {
  return ORIGINS.find(({ value }) => row[value] !== undefined)?.value ?? 'from'
}

/** Changes where a row's value comes from; what else it says stays. */
export function changeOrigin(row: BuilderRow, origin: Origin): void {
  const before = originOf(row)
  if (before === origin) return
  const field = row.from
  for (const { value } of ORIGINS) delete row[value]
  if (origin === 'from') row.from = ''
  if (origin === 'formula') row.formula = field ? referenceTo(field) : ''
  if (origin === 'value') row.value = ''
  if (origin === 'when') row.when = [{ if: '', value: '' }]
}

/** A source field as a formula names it; a filter names it bare. */
export function referenceTo(field: string, isBare = false): string {
  if (isBare) return field
  return /^[A-Za-z_]\w*$/.test(field) ? `source.${field}` : `source[${JSON.stringify(field)}]`
}

export function textOf(value: BuilderValue | undefined): string {
  if (value === undefined || value === null) return ''
  const found = lookedUp(value)
  if (found !== null) return found
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Another record that is found when the run comes to it: nobody knows its id before. */
function lookedUp(value: BuilderValue): string | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null
  const { by, value: wanted } = value
  return typeof by === 'string' ? `whose ${by.replaceAll('_', ' ')} is ${textOf(wanted)}` : null
}

/** A row in a few words. */
export function saidOf(row: BuilderRow): string {
  if (row.from !== undefined) return row.from === '' ? 'not chosen yet' : row.from
  if (row.formula !== undefined) return row.formula === '' ? 'a formula' : row.formula
  if (row.when !== undefined) {
    return row.when.map((each) => `if ${each.if || '…'}`).join(', ')
  }
  return row.value === '' ? 'always empty' : `always ${textOf(row.value)}`
}
