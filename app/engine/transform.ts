import type { RecordValues, ServiceDefinition, StreamDescription } from '#sdk'
import type { Mapping } from './compile_mapping.js'
import type { Draft } from './draft.js'
import type { FilterTest } from './filter.js'
import { keyOf } from './key.js'
import { mapRecord } from './map_record.js'
import { matchValue } from './match_value.js'
import { faultOf, type RecordFault } from './misfit.js'
import { isPlainMatch } from './plain_match.js'
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
  /** What makes the same values another write: a digest of stream, operation and match. */
  hashSuffix: string
  /** Of a delete: the source fields by which a record that was deleted once shows that it has changed. */
  versionFields: string[] | null
  hash(text: string): string
}

/** The length of a record's hash, of which the last part tells how it is written. */
const HASH_LENGTH = 43
const SUFFIX_LENGTH = 7

export function hashSuffixOf(
  { target: { operation, match } }: ServiceDefinition,
  { name }: StreamDescription,
  hash: (text: string) => string
): string {
  return hash(JSON.stringify([name, operation, match])).slice(0, SUFFIX_LENGTH)
}

export function transformPage(records: RecordValues[], transform: Transform): Mapped[] {
  const page: Mapped[] = []
  let faults: RecordFault[] = []
  for (const source of records) {
    page.push(transformRecord(source, transform, faults))
    if (faults.length > 0) faults = []
  }
  return page
}

function transformRecord(
  source: RecordValues,
  transform: Transform,
  faults: RecordFault[]
): Mapped {
  const key = keyOf(source, transform.keyFields)
  const kept = transform.filter(source)
  if (kept !== true) {
    if (kept !== false) faults.push({ ...faultOf('filter', kept), field: null })
    const draft = { key, source, target: {}, json: '', hash: '', match: null, targetId: null }
    return { draft, isFiltered: kept === false, faults: kept === false ? null : faults }
  }
  if (key === '') faults.push(KEY_EMPTY)
  const target = mapRecord(source, transform.mapping, faults)
  transform.validate(target, faults)
  const json = JSON.stringify(target)
  const targetId = transform.idColumn === null ? null : idIn(source, transform.idColumn)
  const { versionFields } = transform
  const content = versionFields ? versionOf(json, targetId, source, versionFields) : json
  const draft: Draft = {
    key,
    source,
    target,
    json,
    hash: faults.length > 0 ? '' : hashOf(content, transform),
    match: transform.matchFields && compact(matchValue(target, transform.matchFields), transform),
    targetId,
  }
  return { draft, isFiltered: false, faults: faults.length > 0 ? faults : null }
}

function versionOf(
  json: string,
  targetId: string | null,
  source: RecordValues,
  fields: string[]
): string {
  return JSON.stringify([json, targetId, ...fields.map((field) => source[field] ?? null)])
}

function hashOf(json: string, { hash, hashSuffix }: Transform): string {
  return hash(json).slice(0, HASH_LENGTH - SUFFIX_LENGTH) + hashSuffix
}

const KEY_EMPTY: RecordFault = {
  code: 'KEY_EMPTY',
  field: null,
  value: null,
  message: 'The record has no key in the source, so it cannot be told from others',
}

/** Long and foreign match values as a digest: they are an index in the ledger. */
function compact(match: string, transform: Transform): string {
  return isPlainMatch(match) ? match : transform.hash(match)
}

function idIn(source: RecordValues, column: string): string | null {
  const value = source[column]
  return value === null || value === undefined || value === '' ? null : String(value)
}
