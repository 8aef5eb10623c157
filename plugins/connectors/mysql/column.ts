import type { Field, FieldType } from '#sdk'
import { escapeId } from 'mysql2'

export type ColumnKind =
  | 'integer'
  | 'boolean'
  | 'bit'
  | 'text'
  | 'date'
  | 'instant'
  | 'approximate'
  | 'bytes'
  | 'json'
  | 'set'
  | 'geometry'

/** A row of information_schema.columns. Numbers may be strings: some are BIGINT UNSIGNED. */
export interface ColumnRow {
  name: string
  dataType: string
  columnType: string
  nullable: 'YES' | 'NO'
  comment: string
  charset: string | null
  collation: string | null
  /** "auto_increment" and the like. */
  extra: string
  hasDefault: number | string
  isGenerated: number | string
  length: number | string | null
  digits: number | string | null
  scale: number | string | null
  timeDigits: number | string | null
}

export interface Column {
  name: string
  kind: ColumnKind
  charset: string | null
  collation: string | null
  /** The server numbers records here where they bring no number. */
  isAuto: boolean
  /** The server puts the time here when a row changes. */
  isDated: boolean
  /** Digits of a second that the column keeps. */
  timeDigits: number
  /** What is selected, so that nothing of the value is lost on the way. */
  select: string
  field: Field
}

const KINDS: { [dataType: string]: ColumnKind } = {
  tinyint: 'integer',
  smallint: 'integer',
  mediumint: 'integer',
  int: 'integer',
  bigint: 'integer',
  year: 'integer',
  bit: 'integer',
  float: 'approximate',
  double: 'approximate',
  date: 'date',
  datetime: 'instant',
  timestamp: 'instant',
  binary: 'bytes',
  varbinary: 'bytes',
  tinyblob: 'bytes',
  blob: 'bytes',
  mediumblob: 'bytes',
  longblob: 'bytes',
  json: 'json',
  set: 'set',
  geometry: 'geometry',
  point: 'geometry',
  linestring: 'geometry',
  polygon: 'geometry',
  multipoint: 'geometry',
  multilinestring: 'geometry',
  multipolygon: 'geometry',
  geometrycollection: 'geometry',
}

export function toColumn(row: ColumnRow, unique: boolean, isJson: boolean): Column {
  const kind = isJson ? 'json' : kindOf(row)
  const name = escapeId(row.name, true)
  const selects: { [kind: string]: string } = {
    approximate: `CAST(${name} AS CHAR)`,
    geometry: `ST_AsText(${name})`,
    ...(row.dataType === 'bit' ? { integer: `CAST(${name} AS UNSIGNED)` } : {}),
    bit: `CAST(${name} AS UNSIGNED)`,
  }
  const select = kind in selects ? `${selects[kind]} AS ${name}` : name
  return {
    name: row.name,
    kind,
    charset: row.charset,
    collation: row.collation,
    isAuto: /auto_increment/i.test(row.extra),
    isDated: /on update/i.test(row.extra),
    timeDigits: Number(row.timeDigits ?? 0),
    select,
    field: fieldOf(row, kind, unique),
  }
}

function kindOf(row: ColumnRow): ColumnKind {
  if (row.columnType.startsWith('tinyint(1)')) return 'boolean'
  if (row.columnType === 'bit(1)') return 'bit'
  return KINDS[row.dataType] ?? 'text'
}

const TYPES: { [kind in ColumnKind]: FieldType } = {
  integer: 'integer',
  boolean: 'boolean',
  bit: 'boolean',
  text: 'text',
  date: 'date',
  instant: 'datetime',
  approximate: 'decimal',
  bytes: 'text',
  json: 'json',
  set: 'multipicklist',
  geometry: 'text',
}

function fieldOf(row: ColumnRow, kind: ColumnKind, unique: boolean): Field {
  const field: Field = {
    name: row.name,
    type: TYPES[kind],
    nullable: row.nullable === 'YES',
    unique,
  }
  if (row.comment !== '') field.label = row.comment
  if (Number(row.isGenerated) === 1) field.readOnly = true
  else if (!field.nullable && Number(row.hasDefault) === 0 && !/auto_increment/i.test(row.extra)) {
    field.mandatory = true
  }
  if (row.dataType === 'enum') field.type = 'picklist'
  if (row.dataType === 'decimal') {
    field.type = 'decimal'
    field.maxScale = Number(row.scale)
    field.maxDigits = Number(row.digits) - field.maxScale
  }
  if (row.dataType === 'enum' || row.dataType === 'set') {
    field.values = valuesOf(row.columnType)
    field.closed = true
  } else if (kind === 'text' && row.length !== null) field.maxLength = Number(row.length)
  return field
}

/** `enum('a','it''s')` lists its values as SQL strings. */
function valuesOf(columnType: string): string[] {
  const quoted = columnType.match(/'(?:[^']|'')*'/g) ?? []
  return quoted.map((text) => text.slice(1, -1).replaceAll("''", "'"))
}
