import type { Bundle } from './bundle.js'
import type { Draft } from './draft.js'
import { PackedDraft, TOGETHER } from './packed_draft.js'

/** Records that stand in one bundle one after the other, or some few that are in none. */
export interface Stretch {
  drafts: Draft[]
  bundle: Bundle | null
  /** The place of the first of them in the bundle. */
  from: number
}

const bundleOf = (draft: Draft) => (draft instanceof PackedDraft ? draft.bundle : null)
const placeOf = (draft: Draft) => (draft instanceof PackedDraft ? draft.place : 0)

/** Records in their order, as far as possible by whole bundles. */
export function* stretchesOf(drafts: Draft[]): Generator<Stretch, void> {
  for (let first = 0; first < drafts.length;) {
    const bundle = bundleOf(drafts[first])
    const from = placeOf(drafts[first])
    const last = Math.min(drafts.length, first + (bundle?.records ?? TOGETHER))
    let next = first + 1
    while (next < last && bundleOf(drafts[next]) === bundle) {
      if (bundle !== null && placeOf(drafts[next]) !== from + next - first) break
      next++
    }
    yield { drafts: drafts.slice(first, next), bundle, from }
    first = next
  }
}

/** Records as their route composed them while they were at hand; null unless it did so with all. */
export function composedOf(drafts: Draft[]): Uint8Array[] | null {
  const pieces: Uint8Array[] = []
  for (const { bundle, from, drafts: some } of stretchesOf(drafts)) {
    const piece = bundle?.composed(from, from + some.length) ?? null
    if (piece === null) return null
    pieces.push(piece)
  }
  return pieces
}
