import type { Slot } from './account.js'
import { newPair } from './pair.js'

const NOTHING = newPair('unclear', null)

/**
 * What the records that are not settled yet lay claim to: the record of the target that one is
 * paired with, and the values that one is to be created with, or given.
 */
export class Claims {
  readonly #slots = new Map<string, Slot[]>()
  /** Their order, which is that of the source. */
  readonly #places = new Map<Slot, number>()
  #last = 0

  add(slot: Slot): void {
    this.#places.set(slot, ++this.#last)
    for (const claim of laidBy(slot)) {
      const others = this.#slots.get(claim)
      if (others) others.push(slot)
      else this.#slots.set(claim, [slot])
    }
  }

  drop(slot: Slot): void {
    this.#places.delete(slot)
    for (const claim of laidBy(slot)) {
      const left = this.#slots.get(claim)?.filter((each) => each !== slot) ?? []
      if (left.length > 0) this.#slots.set(claim, left)
      else this.#slots.delete(claim)
    }
  }

  /**
   * The records of other keys before this one that may take what it would take. Of those that are
   * created the last tells one that is created too of all before it; any may be what was found.
   */
  before({ pair, draft: { key } }: Slot): Set<Slot> {
    const { id, claims, verdict } = pair ?? NOTHING
    const before = new Set<Slot>()
    const last = id === null ? undefined : this.#others(ofId(id), key).at(-1)
    if (last !== undefined) before.add(last)
    for (const claim of claims) {
      const others = this.#others(claim, key)
      const created = others.filter((slot) => slot.pair?.verdict === 'create')
      for (const slot of id === null ? created.slice(-1) : created) before.add(slot)
      if (verdict !== 'create') continue
      for (const slot of others) if (slot.pair?.verdict === 'update') before.add(slot)
    }
    return before
  }

  /**
   * Whether a record before this one stands for that of the target. One that comes after it may
   * have found what this one has put there.
   */
  isTakenBefore(id: string, slot: Slot): boolean {
    const place = this.#places.get(slot) ?? Infinity
    const others = this.#others(ofId(id), slot.draft.key)
    return others.some((other) => (this.#places.get(other) ?? 0) < place)
  }

  #others(claim: string, key: string): Slot[] {
    return this.#slots.get(claim)?.filter(({ draft }) => draft.key !== key) ?? []
  }
}

function laidBy({ pair }: Slot): string[] {
  if (pair === null) return []
  const values = pair.verdict === 'create' || pair.verdict === 'update' ? pair.claims : []
  return pair.id === null ? values : [ofId(pair.id), ...values]
}

function ofId(id: string): string {
  return `id ${id}`
}
