import type { Field, Operation, RecordValues, StreamDescription, Value } from '#sdk'
import { digitsOf } from './decimal.js'
import { grammarOf } from './grammar.js'
import { faultOf, Misfit, type RecordFault } from './misfit.js'
import { nearest } from './nearest.js'

type Rule = (value: Value) => Misfit | null

/** Adds what the target would refuse to `faults`. */
export type Validator = (target: RecordValues, faults: RecordFault[]) => void

const SHOWN_VALUES = 5

/** Checks records against the target's fields, before a credit is spent. */
export function compileValidator(
  stream: StreamDescription,
  operation: Operation,
  mapped: string[]
): Validator {
  const fields = stream.fields.filter((field) => mapped.includes(field.name))
  const checks = fields
    .map((field) => ({
      name: field.name,
      rules: rulesOf(operation === 'delete' ? sought(field) : field),
    }))
    .filter((check) => check.rules.length > 0)
  const mandatory =
    operation === 'update' || operation === 'delete'
      ? []
      : stream.fields.filter((field) => field.mandatory && !field.readOnly)

  return (target, faults) => {
    for (const { name, rules } of checks) {
      const value = target[name]
      if (value === null || value === undefined) continue
      for (const rule of rules) {
        const misfit = rule(value)
        if (misfit) faults.push(faultOf(name, misfit))
      }
    }
    for (const field of mandatory) {
      const value = target[field.name]
      if (value !== null && value !== undefined && value !== '') continue
      if (faults.some((fault) => fault.field === field.name)) continue
      faults.push(faultOf(field.name, new Misfit('MANDATORY', 'must have a value', null)))
    }
  }
}

/** A field that cannot be written may well tell records apart. */
function sought(field: Field): Field {
  return { ...field, readOnly: false }
}

function rulesOf(field: Field): Rule[] {
  const rules: Rule[] = []
  const { maxLength, maxDigits, maxScale } = field
  if (field.readOnly) rules.push((value) => new Misfit('READ_ONLY', 'cannot be written', value))
  if (maxLength !== undefined) rules.push((value) => tooLong(value, maxLength))
  if (field.type === 'integer' || field.type === 'decimal') {
    if (maxDigits !== undefined || maxScale !== undefined) {
      rules.push(digitRule(maxDigits, maxScale))
    }
  }
  if (field.closed && field.values) rules.push(closedList(field.values))
  const grammar = grammarOf(field.type)
  if (grammar) rules.push(grammar)
  return rules
}

function tooLong(value: Value, maxLength: number): Misfit | null {
  if (typeof value !== 'string' || value.length <= maxLength) return null
  return new Misfit('TOO_LONG', `has ${value.length} characters; ${maxLength} fit`, value)
}

function digitRule(maxDigits = 1000, maxScale = 1000): Rule {
  const scale = 10 ** Math.min(maxScale, 3)
  const most = maxDigits < 1 ? 0 : Math.min(10 ** maxDigits, 1e15 / scale)
  return (value) =>
    typeof value === 'number' && fits(value, most, scale)
      ? null
      : tooManyDigits(value, maxDigits, maxScale)
}

function tooManyDigits(value: Value, maxDigits: number, maxScale: number): Misfit | null {
  const { whole, fraction } = digitsOf(String(value))
  if (whole > maxDigits) {
    const rule = `has ${whole} digits before the point; ${maxDigits} fit`
    return new Misfit('TOO_MANY_DIGITS', rule, value)
  }
  if (fraction <= maxScale) return null
  const rule = `has ${fraction} digits after the point; ${maxScale} fit`
  return new Misfit('TOO_MANY_DIGITS', rule, value)
}

/** Whether a number is sure to fit, without writing it as text. Of those below 10^15 no digit is lost. */
function fits(value: number, most: number, scale: number): boolean {
  return Math.abs(value) < most && Math.round(value * scale) / scale === value
}

function closedList(values: string[]): Rule {
  const allowed = new Set(values)
  return (value) => {
    if (typeof value === 'string' && allowed.has(value)) return null
    const wrong = [value].flat().find((each) => !allowed.has(String(each)))
    if (wrong === undefined) return null
    const near = nearest(String(wrong).slice(0, 200), values, SHOWN_VALUES)
    const named = near.length > 0 ? near : values.slice(0, SHOWN_VALUES)
    const rule = `is not one of the allowed values, such as ${named.join(', ')}`
    return new Misfit('NOT_IN_LIST', rule, wrong)
  }
}
