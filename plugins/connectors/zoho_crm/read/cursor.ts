import type { Json } from '#sdk'

/**
 * Where a read goes on. `start` and `token` walk the list (a token belongs to its fields and
 * page size); `after` continues behind a record, whatever became of the token; `end` is the end.
 */
export type Cursor =
  | { at: 'start' }
  | { at: 'page'; page: number; last: string }
  | { at: 'token'; token: string; size: number; last: string }
  | { at: 'after'; last: string; value?: string }
  | { at: 'end' }

function text(json: { [name: string]: Json }, name: string) {
  const value = json[name]
  return typeof value === 'string' ? value : ''
}

export function readCursor(json: Json): Cursor {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return { at: 'start' }
  const last = text(json, 'last')
  switch (json.at) {
    case 'page':
      return { at: 'page', page: Number(json.page), last }
    case 'token':
      return { at: 'token', token: text(json, 'token'), size: Number(json.size), last }
    case 'after':
      return { at: 'after', last, ...(json.value ? { value: text(json, 'value') } : {}) }
    case 'end':
      return { at: 'end' }
    default:
      return { at: 'start' }
  }
}
