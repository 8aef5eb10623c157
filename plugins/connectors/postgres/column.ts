import type { Field, FieldType } from '#sdk'
import { escapeIdentifier } from 'pg'

export type ColumnKind =
  | 'integer'
  | 'decimal'
  | 'approximate'
  | 'boolean'
  | 'text'
  | 'padded'
  | 'uuid'
  | 'enum'
  | 'date'
  | 'instant'
  | 'bytes'
  | 'json'
  | 'array'
  | 'other'

/** What the catalogue says of a column, all as text. */
export interface ColumnRow {
  name: string
  type: string
  sort: string
  category: string
  cast: string
  modifier: string
  filled: string
  given: string
  identity: string
  generated: string
  comment: string | null
  labels: string | null
}

export interface Column {
  name: string
  kind: ColumnKind
  /** Its type without a length, since a cast to one with a length cuts without a word. */
  cast: string
  hasZone: boolean
  /** The server fills it where a record brings nothing. */
  isGiven: boolean
  /** Digits of a second that the column keeps. */
  timeDigits: number
  select: string
  field: Field
}

const KINDS: { [type: string]: ColumnKind } = {
  int2: 'integer',
  int4: 'integer',
  int8: 'integer',
  numeric: 'decimal',
  float4: 'approximate',
  float8: 'approximate',
  bool: 'boolean',
  text: 'text',
  varchar: 'text',
  bpchar: 'padded',
  uuid: 'uuid',
  date: 'date',
  timestamp: 'instant',
  timestamptz: 'instant',
  bytea: 'bytes',
  json: 'json',
  jsonb: 'json',
}

const TYPES: { [kind in ColumnKind]: FieldType } = {
  integer: 'integer',
  decimal: 'decimal',
  approximate: 'decimal',
  boolean: 'boolean',
  text: 'text',
  padded: 'text',
  uuid: 'text',
  enum: 'picklist',
  date: 'date',
  instant: 'datetime',
  bytes: 'text',
  json: 'json',
  array: 'json',
  other: 'text',
}

export function toColumn(row: ColumnRow, unique: boolean): Column {
  const kind = kindOf(row)
  const name = escapeIdentifier(row.name)
  const modifier = Number(row.modifier)
  return {
    name: row.name,
    kind,
    cast: row.cast,
    hasZone: row.type === 'timestamptz',
    isGiven: row.given === '1' || row.identity !== '',
    timeDigits: modifier < 0 ? 6 : modifier,
    select: kind === 'array' ? `to_json(${name})::text AS ${name}` : name,
    field: fieldOf(row, kind, unique),
  }
}

function kindOf({ type, sort, category }: ColumnRow): ColumnKind {
  if (sort === 'e') return 'enum'
  return category === 'A' ? 'array' : (KINDS[type] ?? 'other')
}

/** The length of a varchar is kept as 4 more; of a numeric the digits and the scale are in one number. */
const HEADER = 4

function fieldOf(row: ColumnRow, kind: ColumnKind, unique: boolean): Field {
  const isFilled = row.filled === '1'
  const field: Field = { name: row.name, type: TYPES[kind], nullable: !isFilled, unique }
  const modifier = Number(row.modifier)
  if (row.comment) field.label = row.comment
  if (row.generated !== '' || row.identity === 'a') field.readOnly = true
  else if (isFilled && row.given === '0' && row.identity === '') field.mandatory = true
  if (row.labels !== null) {
    field.values = JSON.parse(row.labels)
    field.closed = true
  }
  if (modifier >= HEADER && ['varchar', 'bpchar'].includes(row.type)) {
    field.maxLength = modifier - HEADER
  }
  if (modifier >= HEADER && kind === 'decimal') {
    field.maxScale = (modifier - HEADER) & 0x7ff
    field.maxDigits = ((modifier - HEADER) >> 16) - field.maxScale
  }
  return field
}
