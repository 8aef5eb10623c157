import { isDeepStrictEqual } from 'node:util'
import type { MappingRow, ServiceDefinition } from '#sdk'
import { compareDefinitions } from '#domain/services/compare_definitions'
import { mergeOrder } from '#domain/services/merge_order'

/** Where the tenant and the template both changed the same thing, and differently. */
export type TemplateConflict = {
  /** "row:amount", "target.match"; stable, so that a choice can name it. */
  place: string
  /** What either side says, as changes of the common base. */
  mine: string[]
  theirs: string[]
}

export interface TemplateMerge {
  merged: ServiceDefinition
  conflicts: TemplateConflict[]
}

/** For each conflict whose it shall be; the tenant's own where nothing is chosen. */
export type MergeChoices = { [place: string]: 'mine' | 'theirs' }

type Parts = Map<string, unknown>
type Row = { place: string; row: MappingRow }

const ROW = 'row:'

/** Parts that are one decision each. A service keeps its name, and the connections that it was given. */
const PARTS = [
  ...['kind', 'source.stream', 'source.filter', 'source.view', 'source.route', 'source.live'],
  ...['source.flag', 'source.duplicates', 'brakes'],
  ...['target.stream', 'target.operation', 'target.match', 'target.route', 'target.options'],
  ...['incremental', 'schedule', 'trigger'],
]

/**
 * Brings a later version of a template into a service that was made from an earlier one. Whatever
 * the tenant left alone becomes as the template has it now; whatever the tenant changed stays.
 */
export function mergeTemplate(
  base: ServiceDefinition,
  mine: ServiceDefinition,
  theirs: ServiceDefinition,
  choices: MergeChoices = {}
): TemplateMerge {
  const known = [...rowsOf(base), ...rowsOf(theirs)]
  const sides = [base, mine, theirs].map((side) => partsOf(side, known))
  const [common, own, other] = sides
  const conflicts: TemplateConflict[] = []
  const values: Parts = new Map()
  for (const place of new Set(sides.flatMap((parts) => [...parts.keys()]))) {
    const [was, is, will] = [common.get(place), own.get(place), other.get(place)]
    const isConflict =
      !isDeepStrictEqual(was, is) && !isDeepStrictEqual(was, will) && !isDeepStrictEqual(is, will)
    const takesTheirs = isConflict ? choices[place] === 'theirs' : isDeepStrictEqual(was, is)
    const value = takesTheirs ? will : is
    if (value !== undefined) values.set(place, value)
    if (isConflict) conflicts.push({ place, ...inWords(base, place, { was, is, will }) })
  }
  const places = sides.map((parts) => [...parts.keys()].filter((place) => place.startsWith(ROW)))
  const order = mergeOrder(places[0], places[1], places[2])
  const mapping = order.flatMap((place) => (values.get(place) as MappingRow | undefined) ?? [])
  return { merged: assembled(mine, values, mapping), conflicts }
}

function partsOf(definition: ServiceDefinition, known: Row[]): Parts {
  const parts: Parts = new Map()
  for (const path of PARTS) {
    const value = valueAt(definition, path)
    if (value !== undefined) parts.set(path, value)
  }
  for (const { place, row } of rowsOf(definition)) parts.set(placeIn(known, place, row), row)
  return parts
}

/** A row without an id is known by the field that it fills. */
function rowsOf({ mapping }: ServiceDefinition): Row[] {
  return mapping.map((row) => ({ place: ROW + (row.id ?? row.to), row }))
}

/** A row that the tenant made for a field which the template has a row for is about that row. */
function placeIn(known: Row[], place: string, row: MappingRow): string {
  if (known.some((each) => each.place === place)) return place
  return known.find((each) => each.row.to === row.to)?.place ?? place
}

function valueAt(whole: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((part, name) => (part as { [name: string]: unknown })[name], whole)
}

/** Nothing of the tenant's definition is touched but its parts. */
function assembled(
  mine: ServiceDefinition,
  values: Parts,
  mapping: MappingRow[]
): ServiceDefinition {
  const merged: ServiceDefinition = { ...structuredClone(mine), mapping: structuredClone(mapping) }
  for (const path of PARTS) setAt(merged, path, structuredClone(values.get(path)))
  return merged
}

function setAt(whole: object, path: string, value: unknown): void {
  const names = path.split('.')
  const last = names.pop() ?? ''
  const parent = names.reduce<object>(
    (part, name) => (part as { [name: string]: object })[name],
    whole
  )
  if (value === undefined) delete (parent as { [name: string]: unknown })[last]
  else (parent as { [name: string]: unknown })[last] = value
}

function inWords(
  base: ServiceDefinition,
  place: string,
  { was, is, will }: { was: unknown; is: unknown; will: unknown }
): { mine: string[]; theirs: string[] } {
  const before = only(base, place, was)
  return {
    mine: compareDefinitions(before, only(base, place, is)),
    theirs: compareDefinitions(before, only(base, place, will)),
  }
}

/** The base with one part as given, and no other rows. */
function only(base: ServiceDefinition, place: string, value: unknown): ServiceDefinition {
  const copy: ServiceDefinition = { ...structuredClone(base), mapping: [] }
  if (!place.startsWith(ROW)) setAt(copy, place, value)
  else if (value !== undefined) copy.mapping = [value as MappingRow]
  return copy
}
