import { RE2JS } from 're2js'
import type { Value, ValueCheck } from '#sdk'
import { decimalText } from './decimal.js'
import { grammarOf } from './grammar.js'
import { Misfit } from './misfit.js'

export type CheckedValue = (value: Value) => Misfit | null

/** What is wrong with a check itself; null where it can be used. */
export function problemOfCheck({ pattern, min, max, minLength, maxLength }: ValueCheck) {
  if (min !== undefined && max !== undefined && min > max) return `min ${min} is above max ${max}`
  if (minLength !== undefined && maxLength !== undefined && minLength > maxLength) {
    return `minLength ${minLength} is above maxLength ${maxLength}`
  }
  try {
    if (pattern !== undefined) RE2JS.compile(pattern)
    return null
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return `the pattern is not a regular expression that can be used here: ${reason}`
  }
}

/** Compiled once per run. */
export function compileCheck(check: ValueCheck): CheckedValue {
  const pattern = check.pattern === undefined ? null : RE2JS.compile(check.pattern)
  const grammar = grammarOf(check.format)
  return (value) => {
    if (value === null || value === '') {
      return check.required ? new Misfit('REQUIRED', 'must have a value', null) : null
    }
    return (
      outOfRange(value, check) ??
      outOfLength(value, check) ??
      (grammar ? grammar(value) : null) ??
      unlike(value, pattern, check)
    )
  }
}

function outOfRange(value: Value, { min, max }: ValueCheck): Misfit | null {
  if (min === undefined && max === undefined) return null
  const isNumber = typeof value === 'number' || typeof value === 'string'
  const text = isNumber ? decimalText(value) : null
  if (text === null) return new Misfit('NOT_A_NUMBER', 'is not a number', value)
  if (min !== undefined && Number(text) < min) {
    return new Misfit('TOO_SMALL', `is less than ${min}`, value)
  }
  if (max === undefined || Number(text) <= max) return null
  return new Misfit('TOO_LARGE', `is more than ${max}`, value)
}

function outOfLength(value: Value, { minLength, maxLength }: ValueCheck): Misfit | null {
  if (typeof value !== 'string') return null
  const said = `has ${value.length} characters`
  if (minLength !== undefined && value.length < minLength) {
    return new Misfit('TOO_SHORT', `${said}; at least ${minLength} are wanted`, value)
  }
  if (maxLength === undefined || value.length <= maxLength) return null
  return new Misfit('TOO_LONG', `${said}; ${maxLength} are wanted at most`, value)
}

function unlike(value: Value, pattern: RE2JS | null, check: ValueCheck): Misfit | null {
  if (pattern === null) return null
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (pattern.matches(text)) return null
  return new Misfit('PATTERN', `does not match ${check.pattern}`, value)
}
