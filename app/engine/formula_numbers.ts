import type { Environment } from '@marcbachmann/cel-js'
import { decimalText } from './decimal.js'
import { shown } from './misfit.js'

function asNumber(value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  const text = typeof value === 'string' ? decimalText(value) : null
  if (text === null) throw new Error(`'${shown(value)}' is not a number`)
  return Number(text)
}

/** Half away from zero, as on an invoice, and by the digits that people see: 1.005 is 1.01. */
function round(value: number, digits: number): number {
  const places = Math.min(15, Math.max(-15, digits))
  const moved = Number(`${Math.abs(value)}e${places}`)
  if (!Number.isFinite(moved)) return value
  return Math.sign(value) * Number(`${Math.round(moved)}e${-places}`)
}

const ONE: { [name: string]: (value: number) => number } = {
  number: (value) => value,
  round: (value) => round(value, 0),
  floor: Math.floor,
  ceil: Math.ceil,
  abs: Math.abs,
}

const TWO: { [name: string]: (a: number, b: number) => number } = { min: Math.min, max: Math.max }

export function registerNumberFunctions(env: Environment): void {
  for (const [name, run] of Object.entries(ONE)) {
    env.registerFunction(`${name}(dyn): double`, (value: unknown) => run(asNumber(value)))
  }
  for (const [name, run] of Object.entries(TWO)) {
    env.registerFunction(`${name}(dyn, dyn): double`, (a: unknown, b: unknown) =>
      run(asNumber(a), asNumber(b))
    )
  }
  env.registerFunction('round(dyn, int): double', (value: unknown, digits: bigint) =>
    round(asNumber(value), Number(digits))
  )
}
