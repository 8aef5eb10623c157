import type { Compose, RecordValues } from '#sdk'
import type { Slot } from './account.js'
import { Bundle } from './bundle.js'
import type { Draft } from './draft.js'

/** Records whose values are put into bytes together: all of them are made out again for one. */
export const TOGETHER = 250
const NOTHING: RecordValues = Object.freeze({})

/** A record that waits in its thousands: what it holds lies in a bundle until somebody asks for it. */
export class PackedDraft implements Draft {
  targetId: string | null
  /** Letters of its JSON. */
  readonly size: number
  readonly bundle: Bundle
  /** Which of the records in the bundle it is. */
  readonly place: number
  #isEmpty = false

  constructor(bundle: Bundle, place: number, size: number, targetId: string | null) {
    this.bundle = bundle
    this.place = place
    this.size = size
    this.targetId = targetId
  }

  get key(): string {
    return this.bundle.names.keys[this.place]
  }

  get hash(): string {
    return this.bundle.names.hashes[this.place]
  }

  get match(): string | null {
    return this.bundle.names.matches[this.place]
  }

  get source(): RecordValues {
    return this.#isEmpty ? NOTHING : (this.bundle.sources[this.place] ?? NOTHING)
  }

  get target(): RecordValues {
    return this.#isEmpty ? NOTHING : this.bundle.targets[this.place]
  }

  get json(): string {
    return this.#isEmpty ? '' : this.bundle.json[this.place]
  }

  empty(): void {
    if (!this.#isEmpty) this.bundle.letGo()
    this.#isEmpty = true
  }
}

/** Letters of the JSON of a record that waits. */
export function sizeOf({ draft }: Pick<Slot, 'draft'>): number {
  return draft instanceof PackedDraft ? draft.size : draft.json.length
}

const draftOf = ({ draft }: Slot) => draft
const isLoose = ({ draft }: Slot) => !(draft instanceof PackedDraft)

/** Packs the values of records that are to wait, and lets their route compose them meanwhile. */
export function packValues(slots: Slot[], compose: Compose | null): void {
  const loose = slots.filter(isLoose)
  for (let from = 0; from < loose.length; from += TOGETHER) {
    const some = loose.slice(from, from + TOGETHER)
    const bundle = Bundle.of(some.map(draftOf), compose)
    let place = 0
    for (const slot of some) {
      slot.draft = new PackedDraft(bundle, place++, slot.draft.json.length, slot.draft.targetId)
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
