import type { StoredValues } from '../store/stored_record.js'
import type { FieldCondition } from './channel.js'

/** Names of fields that differ; an array is the same when its items are. */
export function changedFields(before: StoredValues | null, after: StoredValues) {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after)])
  return [...names].filter((name) => {
    const [old, now] = [before?.[name] ?? null, after[name] ?? null]
    return old !== now && JSON.stringify(old) !== JSON.stringify(now)
  })
}

type Group = Omit<FieldCondition, 'module'>

export function meets({ isAll, parts }: Group, changed: ReadonlySet<string>): boolean {
  const isMet = (part: string | Group) =>
    typeof part === 'string' ? changed.has(part) : meets(part, changed)
  return isAll ? parts.every(isMet) : parts.some(isMet)
}
