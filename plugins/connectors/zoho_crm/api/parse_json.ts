type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown

const parse: (text: string, reviver?: Reviver) => unknown = JSON.parse

/** A number with more digits than a double holds, or a text that looks like one. */
const LONG_NUMBER = /[:,[]\s*-?\d[\d.]{15,}/
const MOST_DIGITS = 15

function exact(_key: string, value: unknown, context?: { source?: string }) {
  const source = context?.source
  if (typeof value !== 'number' || source === undefined || /e/i.test(source)) return value
  if (source.replace(/[-.]/g, '').length <= MOST_DIGITS) return value
  return source.includes('.') ? source.replace(/\.?0+$/, '') : source
}

/** Parses JSON; numbers that a double would round come as text. */
export function parseJson(text: string): unknown {
  return LONG_NUMBER.test(text) ? parse(text, exact) : parse(text)
}
