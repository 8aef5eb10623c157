import type { RecordValues } from '#sdk'
import type { Slot } from './account.js'
import { Bundle } from './bundle.js'
import type { Draft } from './draft.js'

/** Records whose values are put into bytes together: all of them are made out again for one. */
export const TOGETHER = 250
const NOTHING: RecordValues = Object.freeze({})

/** What is known of a record besides its values. */
export type Named = Pick<Draft, 'key' | 'hash' | 'match' | 'targetId'>

/** A record that waits in its thousands: its values lie in a bundle until somebody asks for them. */
export class PackedDraft implements Draft {
  readonly key: string
  readonly hash: string
  readonly match: string | null
  targetId: string | null
  /** Letters of its JSON. */
  readonly size: number
  readonly #place: number
  #bundle: Bundle | null

  constructor({ key, hash, match, targetId }: Named, bundle: Bundle, place: number, size: number) {
    this.key = key
    this.hash = hash
    this.match = match
    this.targetId = targetId
    this.size = size
    this.#bundle = bundle
    this.#place = place
  }

  get source(): RecordValues {
    return this.#bundle?.sources[this.#place] ?? NOTHING
  }

  get target(): RecordValues {
    return this.#bundle?.targets[this.#place] ?? NOTHING
  }

  get json(): string {
    return this.#bundle?.json[this.#place] ?? ''
  }

  empty(): void {
    this.#bundle = null
  }
}

/** Letters of the JSON of a record that waits. */
export function sizeOf({ draft }: Slot): number {
  return draft instanceof PackedDraft ? draft.size : draft.json.length
}

const draftOf = ({ draft }: Slot) => draft
const isLoose = ({ draft }: Slot) => !(draft instanceof PackedDraft)

/** Packs the values of records that are to wait. */
export function packValues(slots: Slot[]): void {
  const loose = slots.filter(isLoose)
  for (let from = 0; from < loose.length; from += TOGETHER) {
    const some = loose.slice(from, from + TOGETHER)
    const bundle = Bundle.of(some.map(draftOf))
    let place = 0
    for (const slot of some) {
      slot.draft = new PackedDraft(slot.draft, bundle, place++, slot.draft.json.length)
    }
  }
}

/** Lets the values of a record go. A flag needs those of the source. */
export function emptyDraft(draft: Draft, isFlagging: boolean): void {
  if (draft instanceof PackedDraft) {
    draft.empty()
    return
  }
  if (!isFlagging) draft.source = NOTHING
  draft.target = NOTHING
  draft.json = ''
}
