import type { Value } from '#sdk'

/** The value that a JSON pointer (RFC 6901) leads to; undefined where there is none. */
export function pointTo(whole: Value, pointer: string): Value | undefined {
  if (pointer === '') return whole
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Value | undefined>(step, whole)
}

function step(value: Value | undefined, name: string): Value | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value)) return /^\d+$/.test(name) ? value[Number(name)] : undefined
  return Object.hasOwn(value, name) ? value[name] : undefined
}
