import type { Field, Value } from '#sdk'

/** A source value as a form shows it. */
export function valueText(value: Value | undefined): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/**
 * What was typed, as the source would have said it. What does not look like its type stays a
 * text: the mapping says then what is wrong with it.
 */
export function editedValue(
  text: string,
  before: Value | undefined,
  type: Field['type'] | null
): Value {
  if (text === valueText(before)) return before ?? null
  if (text === '') return typeof before === 'string' ? '' : null
  if (typeof before === 'number' || type === 'integer') return asNumber(text)
  if (typeof before === 'boolean' || type === 'boolean') {
    return ['true', 'false'].includes(text) ? text === 'true' : text
  }
  return typeof before === 'object' && before !== null ? asJson(text) : text
}

function asNumber(text: string): Value {
  const number = Number(text)
  const isExact = text.trim() !== '' && Number.isFinite(number) && String(number) === text.trim()
  return isExact ? number : text
}

function asJson(text: string): Value {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return text
    throw error
  }
}
