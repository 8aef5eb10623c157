import type { Value } from '#sdk'

/** A value as a page shows it. What refers to another record is said in words. */
export function valueWords(value: Value): string {
  if (typeof value === 'string') return value
  if (value === null) return ''
  if (Array.isArray(value) && value.length > 0) {
    const named = value.map(referenceWords)
    if (named.every((each) => each !== null)) return named.join(', ')
  }
  return referenceWords(value) ?? JSON.stringify(value)
}

function referenceWords(value: Value): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { by, value: sought, id, name, ...others } = value
  if (Object.keys(others).length > 0) return null
  if (typeof by === 'string' && sought !== undefined) {
    const text = typeof sought === 'string' ? sought : JSON.stringify(sought)
    return `the one whose ${by} is ${text}${typeof id === 'string' ? ` (${id})` : ''}`
  }
  if (typeof id !== 'string') return null
  return typeof name === 'string' ? `${name} (${id})` : id
}
