import type { Environment } from '@marcbachmann/cel-js'
import { registerNumberFunctions } from './formula_numbers.js'
import { registerTextFunctions } from './formula_texts.js'
import { registerTimeFunctions } from './formula_times.js'

type Arithmetic = (a: number, b: number) => number

const ARITHMETIC: { [operator: string]: Arithmetic } = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
}

/** What formulas can call, besides CEL's own: text, numbers, dates and zones. No clock, no regex. */
export function registerFormulaFunctions(env: Environment): Environment {
  registerMixedOperators(env)
  registerTextFunctions(env)
  registerNumberFunctions(env)
  registerTimeFunctions(env)
  env.registerFunction('isEmpty(dyn): bool', (value: unknown) => isEmpty(value))
  for (let count = 2; count <= 5; count++) {
    const parameters = Array.from({ length: count }, () => 'dyn').join(', ')
    env.registerFunction(`coalesce(${parameters}): dyn`, coalesce)
  }
  return env
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || sizeOf(value) === 0
}

function sizeOf(value: unknown): number | null {
  return Array.isArray(value) ? value.length : null
}

function coalesce(...values: unknown[]): unknown {
  return values.find((value) => value !== null && value !== undefined && value !== '') ?? null
}

function finite(value: number): number {
  if (Number.isFinite(value)) return value
  throw new Error('the result is not a number; is something divided by zero?')
}

/** Fields hold JSON numbers, literals are integers: people expect `source.amount * 2` to work. */
function registerMixedOperators(env: Environment): void {
  for (const [operator, calculate] of Object.entries(ARITHMETIC)) {
    for (const [left, right] of [
      ['int', 'double'],
      ['double', 'int'],
    ]) {
      env.registerOperator(`${left} ${operator} ${right}: double`, (a: number, b: number) =>
        finite(calculate(Number(a), Number(b)))
      )
    }
  }
  env.registerOperator('double % double: double', (a: number, b: number) => a % b)
  env.registerOperator('string + double: string', (a: string, b: number) => a + b)
  env.registerOperator('double + string: string', (a: number, b: string) => a + b)
  env.registerOperator('double == int: bool', (a: number, b: bigint) => a === Number(b))
  for (const type of ['string', 'bool', 'list']) {
    env.registerOperator(`${type} == null: bool`, (value: unknown) => value === null)
  }
}
