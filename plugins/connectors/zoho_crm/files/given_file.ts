import type { Value } from '#sdk'

/** A file as a mapping gives it: where it lies, or what it holds. */
export type GivenFile =
  | { url: string }
  | { name: string; base64: string }
  /** Too large to be taken along. */
  | { name: string; size: number }

/** Null where the value is no new file, for example one that Zoho holds already. */
export function givenFile(value: Value): GivenFile | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { id, url, name, base64, size } = value
  if (typeof url === 'string') return { url }
  if (typeof name === 'string' && typeof base64 === 'string') return { name, base64 }
  if (typeof name === 'string' && typeof size === 'number' && id === undefined)
    return { name, size }
  return null
}
