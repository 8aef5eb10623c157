import type { Value } from '#sdk'

const SECOND = 1000

/**
 * A bound as COQL writes times: to the second, with an offset. Zoho's times have no fractions,
 * so rounding inwards loses none.
 */
export function zohoInstant(value: Value, round: 'up' | 'down'): string {
  const text = String(value)
  const at = Date.parse(text)
  if (Number.isNaN(at) || /T\d\d:\d\d:\d\d[+-]\d\d:\d\d$/.test(text)) return text
  const seconds = round === 'up' ? Math.ceil(at / SECOND) : Math.floor(at / SECOND)
  return new Date(seconds * SECOND).toISOString().replace('.000Z', '+00:00')
}
