import type { RecordValues, ServiceDefinition, StreamDescription } from '#sdk'
import { compileFilter, type FilterTest } from '#engine/filter'
import { compileMapping, type Mapping } from '#engine/compile_mapping'
import { keyOf } from '#engine/key'
import { mapRecord } from '#engine/map_record'
import { faultOf, Misfit, type RecordFault } from '#engine/misfit'
import type { Problem } from '#engine/problem'
import { compileShape } from '#engine/shape'
import { compileValidator } from '#engine/validate'
import { purposeOf } from '#engine/writes_of'
import type { MappingTrial, TrialQuery, TriedRecord } from './builder_queries.js'

/** Maps records by a field table that is being written: rows that are not right yet stand aside. */
export function tryMapping({ definition, source, target, records }: TrialQuery): MappingTrial {
  const filter = compileFilter(definition.source.filter, source)
  const problems: Problem[] = filter.ok ? [] : [{ where: 'source.filter', message: filter.message }]
  const compiled = compileSoundRows(definition, source, target, problems)
  const keeps = filter.ok ? filter.test : () => true
  return { problems, records: records.map((record) => tryRecord(record, keeps, compiled, source)) }
}

interface Sound {
  mapping: Mapping
  validate: (record: RecordValues, faults: RecordFault[]) => void
}

const NOTHING_MAPPED: Mapping = { rows: [], shape: compileShape([]), sourceFields: [] }

function compileSoundRows(
  definition: ServiceDefinition,
  source: StreamDescription,
  target: StreamDescription,
  problems: Problem[]
): Sound {
  const whole = compileMapping(definition, source, target)
  if (!whole.ok) problems.push(...whole.problems)
  const wrong = new Set(whole.ok ? [] : whole.problems.map(({ where }) => rowAt(where)))
  const rows = definition.mapping.filter((_, index) => !wrong.has(index))
  const sound = whole.ok ? whole : compileMapping({ ...definition, mapping: rows }, source, target)
  const mapping = sound.ok ? sound.mapping : NOTHING_MAPPED
  const begun = definition.mapping.map(({ to }) => to)
  const known = mapping.rows.map(({ field }) => field.name)
  const fields = target.fields.map((field) =>
    begun.includes(field.name) && !known.includes(field.name)
      ? { ...field, mandatory: false }
      : field
  )
  return {
    mapping,
    validate: compileValidator({ ...target, fields }, purposeOf(definition.target), known),
  }
}

function rowAt(where: string): number {
  return Number(/^mapping\[(\d+)\]/.exec(where)?.[1] ?? -1)
}

function tryRecord(
  source: RecordValues,
  keeps: FilterTest,
  { mapping, validate }: Sound,
  { key }: StreamDescription
): TriedRecord {
  const kept = keeps(source)
  const faults: RecordFault[] = []
  if (kept instanceof Misfit) faults.push({ ...faultOf('filter', kept), field: null })
  const target = mapRecord(source, mapping, faults)
  if (kept === true) validate(target, faults)
  const names = mapping.rows.map(({ field }) => field.name)
  return {
    key: keyOf(source, key),
    isFiltered: kept === false,
    cells: names.map((to) => ({
      to,
      value: target[to] ?? null,
      fault: faults.find(({ field }) => field === to)?.message ?? null,
    })),
    faults: faults
      .filter(({ field }) => field === null || !names.includes(field))
      .map(({ message }) => message),
  }
}
