import type { IncrementalBounds, RecordValues, StreamDescription, Value } from '#sdk'

/** Orders two values of an incremental field: numbers, long integers, instants to the last digit. */
export function compareValues(a: Value, b: Value): number {
  const [left, right] = [rankOf(a), rankOf(b)]
  if (left.whole !== right.whole) return left.whole < right.whole ? -1 : 1
  return left.rest < right.rest ? -1 : left.rest > right.rest ? 1 : 0
}

function rankOf(value: Value): { whole: bigint | number; rest: string } {
  if (typeof value === 'number') return { whole: value, rest: '' }
  const text = String(value)
  if (/^-?\d+$/.test(text)) return { whole: BigInt(text), rest: '' }
  const time = /^(\S{10})(?:[T ]([\d:]{8})(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?)?$/.exec(text)
  if (time === null) throw new Error(`${text} has no order`)
  const whole = Date.parse(`${time[1]}T${time[2] ?? '00:00:00'}${time[4] ?? 'Z'}`)
  return { whole, rest: (time[3] ?? '').padEnd(9, '0') }
}

/** The values of a field that records hold, lowest first, each once. */
export function valuesOf(records: RecordValues[], field: string): Value[] {
  const values = records.map((record) => record[field] ?? null).filter((value) => value !== null)
  return values.sort(compareValues).filter((value, at) => at === 0 || value !== values[at - 1])
}

/** Bounds that every record is within. */
export function allOf(
  records: RecordValues[],
  stream: StreamDescription,
  field: string
): IncrementalBounds {
  const values = valuesOf(records, field)
  if (values.length < 4 || !stream.cursors.includes(field)) {
    throw new Error(`${field} is no cursor of ${stream.name} with at least four values`)
  }
  return { field, from: values[0], until: values[values.length - 1] }
}
