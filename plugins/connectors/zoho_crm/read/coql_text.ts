import type { Value } from '#sdk'

/** A value as COQL writes it: quoted unless it is a number or a boolean. */
export function coqlText(value: Value): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return `'${text.replace(/[\\']/g, (sign) => `\\${sign}`)}'`
}
