import { isObject } from '#domain/connections/connection_file'
import { Refusal } from '#domain/refusal'
import type { MappingRow, ServiceDefinition } from '#sdk'

const MOST_ROWS = 1_000

/** A service of which nothing is chosen yet. */
export function blankDefinition(kind: ServiceDefinition['kind']): ServiceDefinition {
  return {
    name: '',
    kind,
    source: { connection: '', stream: '' },
    target: {
      connection: '',
      stream: '',
      operation: 'upsert',
      match: { by: 'fields', fields: [] },
    },
    mapping: [],
  }
}

/**
 * What a form sends, as text, since an empty text in it must stay one. Only its outline is
 * looked at: a draft may be unfinished, and keeps whatever the form does not show.
 */
export function readDraftContent(text: unknown): ServiceDefinition {
  const content = typeof text === 'string' ? parsed(text) : null
  if (hasOutline(content)) return content
  throw new Refusal('This is no draft of a service. Load the page again.')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function hasOutline(content: unknown): content is ServiceDefinition {
  if (!isObject(content)) return false
  const { name, kind, source, target, mapping } = content
  return (
    typeof name === 'string' &&
    (kind === 'import' || kind === 'export') &&
    isEnd(source) &&
    isFlag(source.flag) &&
    isEnd(target) &&
    typeof target.operation === 'string' &&
    hasMatch(target.match) &&
    Array.isArray(mapping) &&
    mapping.length <= MOST_ROWS &&
    mapping.every(isRow)
  )
}

function isEnd(end: unknown): end is { [name: string]: unknown } {
  return isObject(end) && typeof end.connection === 'string' && typeof end.stream === 'string'
}

function isFlag(flag: unknown): boolean {
  return flag === undefined || (isObject(flag) && typeof flag.field === 'string')
}

function hasMatch(match: unknown): boolean {
  if (!isObject(match)) return false
  if (match.by === 'id') return match.column === undefined || typeof match.column === 'string'
  if (match.by === 'search') return Array.isArray(match.any) && match.any.every(isTexts)
  return match.by === 'fields' && isTexts(match.fields)
}

const isTexts = (list: unknown) =>
  Array.isArray(list) && list.every((each) => typeof each === 'string')
const isText = (value: unknown) => value === undefined || typeof value === 'string'
const isList = (value: unknown, fits: (each: unknown) => boolean) =>
  value === undefined || (Array.isArray(value) && value.every(fits))

function isRow(row: unknown): row is MappingRow {
  return (
    isObject(row) &&
    typeof row.to === 'string' &&
    [row.from, row.formula, row.as, row.by, row.timezone].every(isText) &&
    isList(row.when, isCase) &&
    isList(row.clean, (each) => typeof each === 'string') &&
    [row.table, row.check].every((part) => part === undefined || isObject(part))
  )
}

function isCase(each: unknown): boolean {
  return isObject(each) && typeof each.if === 'string' && [each.formula, each.from].every(isText)
}
