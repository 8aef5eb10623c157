import type { RecordValues, Value } from '#sdk'
import type { Expression } from './expression.js'
import { Misfit, shown, type Converted } from './misfit.js'

/** Evaluates a formula over a record. A record it fails on is at fault, so nothing is thrown. */
export function formulaOver(expression: Expression): (source: RecordValues) => Converted {
  const context = { source: {} as RecordValues }
  const { evaluate } = expression
  return (source) => {
    context.source = source
    try {
      return plainValue(evaluate(context))
    } catch (error) {
      return new Misfit('FORMULA', `could not be calculated: ${summaryOf(error)}`, null)
    }
  }
}

export function summaryOf(error: unknown): string {
  if (error instanceof Error) {
    return 'summary' in error && typeof error.summary === 'string' ? error.summary : error.message
  }
  return shown(error)
}

/** CEL's values as they cross our borders: integers as numbers, times as text. */
function plainValue(value: unknown): Converted {
  switch (typeof value) {
    case 'string':
      return inOnePiece(value)
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) ? value : new Misfit('FORMULA', 'is not a number', null)
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
    case 'undefined':
      return null
  }
  if (value === null) return null
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return collected(value.map(plainValue))
  if (isPlainObject(value)) {
    const entries = Object.entries(value).map(([name, each]) => [name, plainValue(each)] as const)
    const misfit = entries.map(([, each]) => each).find((each) => each instanceof Misfit)
    return misfit ?? (Object.fromEntries(entries) as Value)
  }
  return new Misfit('FORMULA', 'gives a value that cannot be sent', String(value))
}

/** From so many letters on, V8 leaves texts that were put together in their pieces. */
const LEAST_PIECED = 13

/**
 * A record that holds a text in pieces takes twice as long to be written as JSON. Splitting
 * answers in one piece what it does not split.
 */
function inOnePiece(text: string): string {
  if (text.length < LEAST_PIECED) return text
  const parts = text.split('\u0000')
  return parts.length === 1 ? parts[0] : text
}

function collected(values: Converted[]): Converted {
  return values.find((value) => value instanceof Misfit) ?? (values as Value[])
}

function isPlainObject(value: unknown): value is { [name: string]: unknown } {
  return typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype
}
