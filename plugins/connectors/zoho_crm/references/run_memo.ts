import type { Context } from '#sdk'

/** Remembers what was made for a context, so that a run asks Zoho once. What failed is made again. */
export function runMemo<T>() {
  const kept = new WeakMap<Context, Map<string, Promise<T>>>()
  return (ctx: Context, key: string, make: () => Promise<T>): Promise<T> => {
    const known = kept.get(ctx) ?? new Map<string, Promise<T>>()
    kept.set(ctx, known)
    const made = known.get(key)
    if (made) return made
    const making = make()
    known.set(key, making)
    making.catch(() => known.delete(key))
    return making
  }
}
