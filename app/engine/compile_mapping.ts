import type {
  Field,
  MappingRow,
  RecordValues,
  ServiceDefinition,
  StreamDescription,
  Value,
  ValueCheck,
} from '#sdk'
import { compileCheck, problemOfCheck } from './check_value.js'
import { compileCleaning } from './clean.js'
import { compileConverter, keepsTexts } from './convert.js'
import { expressionCompiler, type Compiled } from './expression.js'
import { formulaOver } from './formula.js'
import { isUsed } from './is_used.js'
import { Misfit, type Converted } from './misfit.js'
import { didYouMean } from './nearest.js'
import type { Problem } from './problem.js'
import { compileShape, type Shape } from './shape.js'
import { Zone } from './zone.js'

type Read = (source: RecordValues) => Converted

export interface MappedField {
  field: Field
  read: Read
  /** The source field of which any text becomes the value as it is, unless it is empty; null where more is done. */
  copies: string | null
}

/** The field table as functions, compiled once for a run. */
export interface Mapping {
  rows: MappedField[]
  /** All rows at once, for a record without a fault. */
  shape: Shape
  /** The source fields it reads. */
  sourceFields: string[]
}

export type CompiledMapping = { ok: true; mapping: Mapping } | { ok: false; problems: Problem[] }

interface Compiler {
  stream: StreamDescription
  formula(text: string): Compiled
  used: Set<string>
  problems: Problem[]
}

export function compileMapping(
  definition: ServiceDefinition,
  sourceStream: StreamDescription,
  targetStream: StreamDescription
): CompiledMapping {
  const compiler: Compiler = {
    stream: sourceStream,
    formula: expressionCompiler(sourceStream, 'source'),
    used: new Set(),
    problems: [],
  }
  const fields = new Map(targetStream.fields.map((field) => [field.name, field]))
  const rows = definition.mapping.flatMap((row, index) => {
    if (!isUsed(definition.target, row)) return []
    const where = `mapping[${index}]`
    const field = fields.get(row.to)
    if (!field) {
      const hint = didYouMean(row.to, fields.keys())
      say(compiler, `${where}.to`, `'${targetStream.name}' has no field '${row.to}'.${hint}`)
      return []
    }
    if (definition.mapping.findIndex((each) => each.to === row.to) !== index) {
      say(compiler, `${where}.to`, `'${row.to}' is filled by two rows. Remove one of them.`)
    }
    const compiled = compileRow(compiler, row, field, where)
    return compiled ? [{ field, ...compiled }] : []
  })
  if (compiler.problems.length > 0) return { ok: false, problems: compiler.problems }
  const shape = compileShape(rows.map(({ field, ...row }) => ({ name: field.name, ...row })))
  return { ok: true, mapping: { rows, shape, sourceFields: [...compiler.used] } }
}

function say(compiler: Compiler, where: string, message: string): void {
  compiler.problems.push({ where, message })
}

function compileRow(
  compiler: Compiler,
  row: MappingRow,
  field: Field,
  where: string
): Omit<MappedField, 'field'> | null {
  if (row.timezone !== undefined && !Zone.isKnown(row.timezone)) {
    const hint = 'Use a name like Europe/Berlin.'
    say(compiler, `${where}.timezone`, `'${row.timezone}' is not a time zone. ${hint}`)
    return null
  }
  if (row.by !== undefined && (row.as ?? field.type) !== 'lookup') {
    say(compiler, `${where}.by`, `'${field.name}' is no lookup, so 'by' says nothing. Remove it.`)
    return null
  }
  const given = compileOrigin(compiler, row, where)
  if (!given) return null
  const convert = compileConverter(field, row)
  const clean = compileCleaning(row.clean)
  const tidy: Read = clean ? (source) => clean(given(source)) : given
  const looked = row.table ? throughTable(tidy, row.table, row.default !== undefined) : tidy
  const fallback = row.default ?? null
  const read: Read = (source) => {
    let value = looked(source)
    if (value instanceof Misfit) return value
    if (value === null || value === undefined || value === '') value = fallback
    return value === null || value === '' ? value : convert(value)
  }
  if (row.check) {
    const judged = checked(compiler, read, row.check, where)
    return judged && { read: judged, copies: null }
  }
  const isCopy = clean === null && row.table === undefined && keepsTexts(convert)
  return { read, copies: isCopy ? (row.from ?? null) : null }
}

function checked(compiler: Compiler, read: Read, check: ValueCheck, where: string): Read | null {
  const problem = problemOfCheck(check)
  if (problem !== null) {
    say(compiler, `${where}.check`, `${problem}.`)
    return null
  }
  const judge = compileCheck(check)
  return (source) => {
    const value = read(source)
    return value instanceof Misfit ? value : (judge(value ?? null) ?? value)
  }
}

function compileOrigin(compiler: Compiler, row: MappingRow, where: string): Read | null {
  const said = [row.from, row.formula, row.value, row.when].filter((each) => each !== undefined)
  if (said.length !== 1) {
    const message = `Row '${row.to}' needs exactly one of from, formula, value and when.`
    say(compiler, where, message)
    return null
  }
  if (row.when) return compileWhen(compiler, row.when, `${where}.when`)
  return compileValue(compiler, row, where)
}

function compileValue(
  compiler: Compiler,
  row: { from?: string; formula?: string; value?: Value },
  where: string
): Read | null {
  if (row.from !== undefined) return compileFrom(compiler, row.from, `${where}.from`)
  if (row.formula !== undefined) return compileFormula(compiler, row.formula, `${where}.formula`)
  const value = row.value ?? null
  return () => value
}

function compileFrom(compiler: Compiler, name: string, where: string): Read | null {
  const names = compiler.stream.fields.map((field) => field.name)
  if (!names.includes(name)) {
    const hint = didYouMean(name, names)
    say(compiler, where, `'${compiler.stream.name}' has no field '${name}'.${hint}`)
    return null
  }
  compiler.used.add(name)
  return (source) => source[name]
}

function compileFormula(
  compiler: Compiler,
  text: string,
  where: string,
  wanted?: 'bool'
): Read | null {
  const compiled = compiler.formula(text)
  if (!compiled.ok) {
    say(compiler, where, compiled.message)
    return null
  }
  const { type } = compiled.expression
  if (wanted && type !== wanted && type !== 'dyn') {
    const message = `'${text}' gives ${type}, not true or false. Compare it with something.`
    say(compiler, where, message)
    return null
  }
  for (const field of compiled.expression.fields) compiler.used.add(field)
  return formulaOver(compiled.expression)
}

function compileWhen(
  compiler: Compiler,
  cases: NonNullable<MappingRow['when']>,
  where: string
): Read | null {
  const compiled = cases.map((each, index) => ({
    holds: compileFormula(compiler, each.if, `${where}[${index}].if`, 'bool'),
    read: compileValue(compiler, each, `${where}[${index}]`),
  }))
  return (source) => {
    for (const { holds, read } of compiled) {
      const held = holds ? holds(source) : null
      if (held instanceof Misfit) return held
      if (held === true) return read ? read(source) : null
    }
    return null
  }
}

function throughTable(read: Read, table: { [from: string]: Value }, others: boolean): Read {
  const values = new Map(Object.entries(table))
  return (source) => {
    const value = read(source)
    if (value instanceof Misfit || value === null || value === undefined) return value
    const found = values.get(typeof value === 'string' ? value : String(value))
    if (found !== undefined) return found
    return others ? null : value
  }
}
