import type { Context } from '#sdk'

const origins = new WeakMap<Context, Context>()

/** What the one context remembers, the other remembers too. */
export function shareMemos(own: Context, origin: Context): void {
  origins.set(own, origins.get(origin) ?? origin)
}

/** Remembers what was made for a context, so that a run asks Zoho once. What failed is made again. */
export function runMemo<T>() {
  const kept = new WeakMap<Context, Map<string, Promise<T>>>()
  return (ctx: Context, key: string, make: () => Promise<T>): Promise<T> => {
    const root = origins.get(ctx) ?? ctx
    const known = kept.get(root) ?? new Map<string, Promise<T>>()
    kept.set(root, known)
    const made = known.get(key)
    if (made) return made
    const making = make()
    known.set(key, making)
    making.catch(() => known.delete(key))
    return making
  }
}
