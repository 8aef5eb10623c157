import type { Field } from '#sdk'

export type ColumnKind = 'integer' | 'decimal' | 'boolean' | 'date' | 'datetime' | 'text'

export interface Column {
  name: string
  kind: ColumnKind
  /** The decimals that the declared type states; null if it states none. */
  scale: number | null
  /** How a key column is compared; null if it is no key. */
  collation: string | null
  field: Field
}

export interface ColumnRow {
  name: string
  type: string
  notnull: bigint
  pk: bigint
}

/** SQLite keeps what it is given: a declared type is what is meant, not what must be there. */
export function toColumn(row: ColumnRow, unique: boolean): Column {
  const declared = row.type.toLowerCase()
  const kind = kindOf(declared)
  const sizes = /\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)/.exec(declared)
  const scale = kind === 'decimal' && sizes?.[2] ? Number(sizes[2]) : null
  const field: Field = {
    name: row.name,
    type: kind,
    nullable: row.notnull === 0n && row.pk === 0n,
    unique,
  }
  if (scale !== null) {
    field.maxScale = scale
    field.maxDigits = Number(sizes?.[1]) - scale
  }
  return { name: row.name, kind, scale, collation: null, field }
}

function kindOf(declared: string): ColumnKind {
  if (/bool|^tinyint\(1\)/.test(declared)) return 'boolean'
  if (/datetime|timestamp/.test(declared)) return 'datetime'
  if (/^date/.test(declared)) return 'date'
  if (/int/.test(declared)) return 'integer'
  if (/char|clob|text/.test(declared)) return 'text'
  return /real|floa|doub|dec|num/.test(declared) ? 'decimal' : 'text'
}
