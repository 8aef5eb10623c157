import { isDeepStrictEqual } from 'node:util'
import type { Value } from '#sdk'
import type { Column } from '../column.js'
import { plainDecimal } from '../convert_row.js'

/** Whether writing `wanted` would leave a column as it is. In doubt it would not. */
export function sameValue({ kind }: Column, held: Value, wanted: Value): boolean {
  if (held === null || wanted === null) return held === wanted
  switch (kind) {
    case 'json':
    case 'array':
      return isDeepStrictEqual(held, wanted)
    case 'integer':
    case 'decimal':
      return numeral(held) === numeral(wanted)
    case 'approximate':
      return Number(held) === Number(wanted)
    case 'padded':
      return String(held).trimEnd() === String(wanted).trimEnd()
    case 'uuid':
      return String(held).toLowerCase() === String(wanted).toLowerCase()
    case 'boolean':
      return String(held) === String(wanted)
    default:
      return held === (typeof wanted === 'string' ? wanted : String(wanted))
  }
}

/** "012.50" → "12.5" */
function numeral(value: Value): string {
  const text = plainDecimal(typeof value === 'boolean' ? String(Number(value)) : String(value))
  const parts = /^\s*(-?)0*(\d+?)(?:\.(\d*?)0*)?\s*$/.exec(text)
  if (parts === null) return text
  const [, sign, whole, fraction] = parts
  const digits = fraction ? `${whole}.${fraction}` : whole
  return digits === '0' ? digits : sign + digits
}
