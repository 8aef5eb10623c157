import type { RecordValues, ServiceDefinition, StreamDescription } from '#sdk'
import type { Mapping } from './compile_mapping.js'
import type { Draft } from './draft.js'
import type { FilterTest } from './filter.js'
import { keyOf } from './key.js'
import { matchValue } from './match_value.js'
import { faultOf, Misfit, type RecordFault } from './misfit.js'
import type { Validator } from './validate.js'

/** A record after mapping: to be filtered out, at fault, or a sound draft. */
export interface Mapped {
  draft: Draft
  isFiltered: boolean
  faults: RecordFault[] | null
}

export interface Transform {
  filter: FilterTest
  mapping: Mapping
  validate: Validator
  keyFields: string[]
  /** Null where records are not matched by fields. */
  matchFields: string[] | null
  /** The source field that holds the target's id. */
  idColumn: string | null
  /** What makes the same values another write: stream, operation, match. */
  hashPrefix: string
  hash(text: string): string
}

export function hashPrefixOf(definition: ServiceDefinition, target: StreamDescription): string {
  const { operation, match } = definition.target
  return JSON.stringify([target.name, operation, match])
}

export function transformPage(records: RecordValues[], transform: Transform): Mapped[] {
  return records.map((source) => transformRecord(source, transform))
}

function transformRecord(source: RecordValues, transform: Transform): Mapped {
  const draft: Draft = {
    key: keyOf(source, transform.keyFields),
    source,
    target: {},
    json: '',
    hash: '',
    match: null,
    targetId: null,
  }
  const kept = transform.filter(source)
  if (kept === false) return { draft, isFiltered: true, faults: null }
  const faults: RecordFault[] = []
  if (kept !== true) {
    faults.push({ ...faultOf('filter', kept), field: null })
    return { draft, isFiltered: false, faults }
  }
  if (draft.key === '') faults.push(KEY_EMPTY)
  mapFields(draft, transform.mapping, faults)
  transform.validate(draft.target, faults)
  if (transform.matchFields) {
    draft.match = compact(matchValue(draft.target, transform.matchFields), transform)
  }
  if (transform.idColumn !== null) draft.targetId = idIn(source, transform.idColumn)
  draft.json = JSON.stringify(draft.target)
  if (faults.length > 0) return { draft, isFiltered: false, faults }
  draft.hash = transform.hash(transform.hashPrefix + draft.json)
  return { draft, isFiltered: false, faults: null }
}

const KEY_EMPTY: RecordFault = {
  code: 'KEY_EMPTY',
  field: null,
  value: null,
  message: 'The record has no key in the source, so it cannot be told from others',
}

const SHORT = /^[\x20-\x7e]{0,40}$/

/** Long and foreign match values as a digest: they are an index in the ledger. */
function compact(match: string, transform: Transform): string {
  return SHORT.test(match) ? match : transform.hash(match)
}

function mapFields(draft: Draft, mapping: Mapping, faults: RecordFault[]): void {
  const { source, target } = draft
  for (const { field, read } of mapping.rows) {
    const value = read(source)
    if (value instanceof Misfit) faults.push(faultOf(field.name, value))
    else target[field.name] = value
  }
}

function idIn(source: RecordValues, column: string): string | null {
  const value = source[column]
  return value === null || value === undefined || value === '' ? null : String(value)
}
