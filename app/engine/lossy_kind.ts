import type { Field, MappingRow, Value } from '#sdk'
import { decimalText } from './decimal.js'
import { Misfit, type Converted } from './misfit.js'
import { readTime } from './time_text.js'

/**
 * - `too_long`: more characters than fit
 * - `rounded`: more digits than fit, or than can be kept
 * - `not_in_list`: the picklist has no such value
 * - `unreadable`: not what the field takes
 * - `time_lost`: a day is kept, the time of day is not
 * - `zone_lost`: the instant is kept, the offset it was written with is not
 * - `zone_assumed`: no offset is written, so it is taken for UTC
 */
export type LossKind =
  'too_long' | 'rounded' | 'not_in_list' | 'unreadable' | 'time_lost' | 'zone_lost' | 'zone_assumed'

const BY_CODE: { [code: string]: LossKind } = {
  TOO_LONG: 'too_long',
  TOO_MANY_DIGITS: 'rounded',
  NOT_IN_LIST: 'not_in_list',
}

/** What a record is rejected for. */
export function rejectedKind(code: string, before: Value): LossKind {
  const isNumber = typeof before === 'number' || typeof before === 'string'
  if (code === 'NOT_AN_INTEGER' && isNumber && decimalText(before) !== null) return 'rounded'
  return BY_CODE[code] ?? 'unreadable'
}

/** What is lost although the value arrives; null where nothing is. */
export function silentKind(
  before: Value,
  after: Converted,
  field: Field,
  { as, timezone }: Pick<MappingRow, 'as' | 'timezone'>
): LossKind | null {
  if (after instanceof Misfit) return null
  if (typeof after === 'number') return isNumberKept(before, after) ? null : 'rounded'
  const type = as ?? field.type
  if (typeof before !== 'string' || (type !== 'date' && type !== 'datetime')) return null
  const text = before.trim()
  const time = readTime(text)
  if (time === null) return null
  if (type === 'date') return time.wall % 86_400_000 === 0 ? null : 'time_lost'
  if (time.offset === null) return timezone === undefined ? 'zone_assumed' : null
  if (time.offset !== 0) return 'zone_lost'
  return /\.\d{3}\d*[1-9]/.test(text) ? 'rounded' : null
}

function isNumberKept(before: Value, after: number): boolean {
  if (typeof before !== 'string') return true
  const [was, is] = [decimalText(before), decimalText(after)]
  return was === null || is === null || trimmed(was) === trimmed(is)
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
