import type { Value } from '#sdk'

/** A file as a mapping gives it: where it lies, or what it holds. */
export type GivenFile = { url: string } | { name: string; base64: string }

/** Null where the value is no new file, for example one that Zoho holds already. */
export function givenFile(value: Value): GivenFile | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { url, name, base64 } = value
  if (typeof url === 'string') return { url }
  if (typeof name === 'string' && typeof base64 === 'string') return { name, base64 }
  return null
}
