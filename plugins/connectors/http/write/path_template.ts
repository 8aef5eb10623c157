import type { RecordValues } from '#sdk'
import { PLACEHOLDER, textOf } from './placeholders.js'

/** A filled path, or the field whose value no path can hold. */
export type FilledPath = { path: string } | { field: string }

export function hasPlaceholder(path: string): boolean {
  return path.search(PLACEHOLDER) >= 0
}

/** Every value is one part of the path, whatever it holds; "." and ".." would lead elsewhere. */
export function fillPath(path: string, values: RecordValues): FilledPath {
  let unfit: string | null = null
  const filled = path.replaceAll(PLACEHOLDER, (_, name: string) => {
    const text = textOf(values[name])
    if (text === '' || text === '.' || text === '..') unfit = name
    return encodeURIComponent(text)
  })
  return unfit === null ? { path: filled } : { field: unfit }
}
