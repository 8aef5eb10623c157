import type { Filter, RecordValues, StreamDescription, Value } from '#sdk'
import { aliasOf } from './dotted_names.js'
import { expressionCompiler, type Expression } from './expression.js'
import { summaryOf } from './formula.js'
import { Misfit } from './misfit.js'

/** True keeps a record, false drops it; a misfit rejects it, since nothing may be dropped by accident. */
export type FilterTest = (record: RecordValues) => boolean | Misfit

export type CompiledFilter =
  { ok: true; test: FilterTest; expression: Expression | null } | { ok: false; message: string }

export function compileFilter(text: string | undefined, stream: StreamDescription): CompiledFilter {
  if (text === undefined || text.trim() === '') {
    return { ok: true, test: () => true, expression: null }
  }
  const compiled = expressionCompiler(stream, 'bare')(text)
  if (!compiled.ok) return compiled
  const { expression } = compiled
  if (expression.type !== 'bool' && expression.type !== 'dyn') {
    const message = `'${text}' gives ${expression.type}, not true or false. Compare it with something.`
    return { ok: false, message }
  }
  return { ok: true, expression, test: filterTest(expression) }
}

function filterTest(expression: Expression): FilterTest {
  const dotted = expression.fields.filter((name) => name.includes('.'))
  const known = (record: RecordValues): RecordValues =>
    dotted.length === 0
      ? record
      : {
          ...record,
          ...Object.fromEntries(dotted.map((name) => [aliasOf(name), record[name] ?? null])),
        }
  return (record) => {
    try {
      const kept: unknown = expression.evaluate(known(record))
      if (typeof kept === 'boolean') return kept
      return new Misfit('FILTER', 'is neither true nor false for this record', kept)
    } catch (error) {
      const rule = `cannot be evaluated for this record: ${summaryOf(error)}`
      return new Misfit('FILTER', rule, null)
    }
  }
}

/** Whether a record fulfils a filter, exactly as `Filter` defines it. */
export function fulfils(record: RecordValues, filter: Filter): boolean {
  if ('all' in filter) return filter.all.every((each) => fulfils(record, each))
  if ('any' in filter) return filter.any.some((each) => fulfils(record, each))
  const value = record[filter.field] ?? null
  if (filter.op === 'in') return filter.values.some((each) => same(value, each))
  if (filter.op === '=') return same(value, filter.value)
  if (filter.op === '!=') return !same(value, filter.value)
  return ordered(value, filter.op, filter.value)
}

function same(a: Value, b: Value): boolean {
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b))
}

function ordered(value: Value, op: '<' | '<=' | '>' | '>=', other: Value): boolean {
  const both = [value, other]
  const comparable =
    both.every((each) => typeof each === 'number') || both.every((each) => typeof each === 'string')
  if (!comparable || value === null || other === null) return false
  if (op === '<') return value < other
  if (op === '<=') return value <= other
  return op === '>' ? value > other : value >= other
}
