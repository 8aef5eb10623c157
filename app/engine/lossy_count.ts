import type { MappingRow, RecordValues, ServiceDefinition, StreamDescription, Value } from '#sdk'
import { compileMapping, type Mapping } from './compile_mapping.js'
import { isUsed } from './is_used.js'
import { keyOf } from './key.js'
import { rejectedKind, silentKind, type LossKind } from './lossy_kind.js'
import { faultOf, Misfit, shown, type RecordFault } from './misfit.js'
import { compileValidator, type Validator } from './validate.js'

export interface Loss {
  kind: LossKind
  count: number
  /** Whether the record is rejected for it. Otherwise it arrives, and says less than before. */
  isRejected: boolean
  /** The first ones; `after` is null where the value does not arrive. */
  examples: Array<{ key: string; before: string; after: string | null }>
}

/** What the rows of a field table lose, the worst first. */
export interface RowLosses {
  to: string
  /** Values that were not empty. */
  values: number
  losses: Loss[]
}

const EXAMPLES = 3

/** Counts, row by row, what a mapping takes away from the values of real records. */
export class LossyCount {
  readonly #rows: RowLosses[]
  readonly #mapping: Mapping
  readonly #raw: Mapping
  readonly #validate: Validator

  readonly definition: ServiceDefinition

  constructor(
    given: ServiceDefinition,
    readonly source: StreamDescription,
    target: StreamDescription
  ) {
    const used = given.mapping.filter((row) => isUsed(given.target, row))
    const definition = { ...given, mapping: used }
    this.definition = definition
    this.#mapping = compiled(definition, source, target)
    this.#raw = compiled(untouched(definition), source, untyped(target))
    const names = this.#mapping.rows.map(({ field }) => field.name)
    const { operation } = definition.target
    this.#validate = compileValidator(target, operation === 'delete' ? operation : 'update', names)
    this.#rows = names.map((to) => ({ to, values: 0, losses: [] }))
  }

  add(record: RecordValues): void {
    const { faults, befores, afters } = this.#map(record)
    const key = keyOf(record, this.source.key)
    for (const [index, { field }] of this.#mapping.rows.entries()) {
      const before = befores[index]
      if (before === null || before === '') continue
      const after = afters[index]
      this.#rows[index].values++
      const fault = faults.find((each) => each.field === field.name)
      const kind = fault
        ? rejectedKind(fault.code, before)
        : silentKind(before, after, field, this.definition.mapping[index])
      if (kind === null) continue
      const kept = fault || after instanceof Misfit ? null : shown(after)
      this.#note(index, kind, fault !== undefined, { key, before: shown(before), after: kept })
    }
  }

  get rows(): RowLosses[] {
    return this.#rows.map(({ losses, ...row }) => ({
      ...row,
      losses: losses.toSorted((a, b) => b.count - a.count),
    }))
  }

  #map(record: RecordValues) {
    const faults: RecordFault[] = []
    const target: { [field: string]: Value } = {}
    const afters = this.#mapping.rows.map(({ field, read }) => {
      const value = read(record) ?? null
      if (value instanceof Misfit) faults.push(faultOf(field.name, value))
      else target[field.name] = value
      return value
    })
    this.#validate(target, faults)
    const befores = this.#raw.rows.map(({ read }) => {
      const value = read(record) ?? null
      return value instanceof Misfit ? null : value
    })
    return { faults, befores, afters }
  }

  #note(index: number, kind: LossKind, isRejected: boolean, example: Loss['examples'][0]): void {
    const { losses } = this.#rows[index]
    let loss = losses.find((each) => each.kind === kind && each.isRejected === isRejected)
    if (!loss) losses.push((loss = { kind, isRejected, count: 0, examples: [] }))
    loss.count++
    if (loss.examples.length < EXAMPLES) loss.examples.push(example)
  }
}

function compiled(
  definition: ServiceDefinition,
  source: StreamDescription,
  target: StreamDescription
): Mapping {
  const result = compileMapping(definition, source, target)
  if (result.ok) return result.mapping
  throw new Error(result.problems.map(({ where, message }) => `${where}: ${message}`).join(' '))
}

/** The same table without what it does to a value once it has it. */
function untouched(definition: ServiceDefinition): ServiceDefinition {
  const mapping = definition.mapping.map(({ to, from, formula, value, when }): MappingRow => ({
    to,
    ...(from === undefined ? {} : { from }),
    ...(formula === undefined ? {} : { formula }),
    ...(value === undefined ? {} : { value }),
    ...(when === undefined ? {} : { when }),
  }))
  return { ...definition, mapping }
}

function untyped(target: StreamDescription): StreamDescription {
  return { ...target, fields: target.fields.map(({ name }) => ({ name, type: 'json' })) }
}
