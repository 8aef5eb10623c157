import type { Json, Value } from '#sdk'
import type { Column } from './column.js'

/** What SQLite hands out: integers as bigint, reals as number. */
export type Stored = bigint | number | string | Buffer | null

export function convertValue(stored: Stored, column: Column): Value {
  if (typeof stored === 'bigint') return convertInteger(stored, column)
  if (typeof stored === 'number') return decimalText(stored, column.scale)
  return Buffer.isBuffer(stored) ? stored.toString('base64') : stored
}

function convertInteger(stored: bigint, column: Column): Value {
  if (column.kind === 'boolean' && (stored === 0n || stored === 1n)) return stored === 1n
  if (column.kind === 'decimal') {
    return column.scale ? `${stored}.${'0'.repeat(column.scale)}` : String(stored)
  }
  const number = Number(stored)
  return Number.isSafeInteger(number) ? number : String(stored)
}

/** A real as digits: with the decimals its column declares unless that would lose some. */
export function decimalText(real: number, scale: number | null): string {
  if (scale !== null && Math.abs(real) < 1e15 && Number(real.toFixed(scale)) === real) {
    return real.toFixed(scale)
  }
  return plainDecimal(String(real))
}

/** "1.5e-7" → "0.00000015" */
function plainDecimal(text: string): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?e([+-]?\d+)$/i.exec(text)
  if (parts === null) return text
  const [, sign, whole, fraction = '', exponent] = parts
  const digits = whole + fraction
  const point = whole.length + Number(exponent)
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length)
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

/** A stored value as plain data that `fromCursor` turns back into exactly itself. */
export function toCursor(stored: Stored): Json {
  if (typeof stored === 'bigint') return { integer: String(stored) }
  return Buffer.isBuffer(stored) ? { bytes: stored.toString('base64') } : stored
}

export function fromCursor(json: Json): Stored {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) {
    if (typeof json.integer === 'string') return BigInt(json.integer)
    return Buffer.from(String(json.bytes), 'base64')
  }
  return typeof json === 'number' || typeof json === 'string' ? json : null
}
