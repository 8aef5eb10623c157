import type { Json } from '#sdk'

/**
 * Where a read goes on. `token` walks the list (a token belongs to its fields and page size);
 * `after` goes on behind a record, whatever became of the token; `ids` counts the asked ids
 * that were read; `end` is the end.
 */
export type Cursor =
  | { at: 'start' }
  | { at: 'token'; token: string; size: number; last: string; value?: string }
  | { at: 'after'; last: string; value?: string; left?: number }
  | { at: 'ids'; read: number }
  | { at: 'end' }

function text(json: { [name: string]: Json }, name: string) {
  const value = json[name]
  return typeof value === 'string' ? value : ''
}

function number(json: { [name: string]: Json }, name: string) {
  const value = json[name]
  return typeof value === 'number' ? value : 0
}

export function readCursor(json: Json): Cursor {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return { at: 'start' }
  const last = text(json, 'last')
  const value = json.value ? { value: text(json, 'value') } : {}
  switch (json.at) {
    case 'token':
      return { at: 'token', token: text(json, 'token'), size: number(json, 'size'), last, ...value }
    case 'after':
      return {
        at: 'after',
        last,
        ...value,
        ...('left' in json ? { left: number(json, 'left') } : {}),
      }
    case 'ids':
      return { at: 'ids', read: number(json, 'read') }
    case 'end':
      return { at: 'end' }
    default:
      return { at: 'start' }
  }
}
