import type { Slot } from './account.js'

/**
 * What the records that are not settled yet lay claim to: the record of the target that one is
 * paired with, or the values of one that is to be created.
 */
export class Claims {
  readonly #slots = new Map<string, Slot[]>()

  add(slot: Slot): void {
    for (const claim of laidBy(slot)) {
      const others = this.#slots.get(claim)
      if (others) others.push(slot)
      else this.#slots.set(claim, [slot])
    }
  }

  drop(slot: Slot): void {
    for (const claim of laidBy(slot)) {
      const left = this.#slots.get(claim)?.filter((each) => each !== slot) ?? []
      if (left.length > 0) this.#slots.set(claim, left)
      else this.#slots.delete(claim)
    }
  }

  /** The last records of other keys before this one that may take what it would take. Each knows of those before it. */
  before(slot: Slot): Set<Slot> {
    const { pair, draft } = slot
    const wanted = [...(pair?.claims ?? []), ...(pair?.id ? [ofId(pair.id)] : [])]
    const found = wanted.map((claim) => this.#ofOther(claim, draft.key))
    return new Set(found.filter((each) => each !== undefined))
  }

  isTaken(id: string, key: string): boolean {
    return this.#ofOther(ofId(id), key) !== undefined
  }

  #ofOther(claim: string, key: string): Slot | undefined {
    return this.#slots.get(claim)?.findLast(({ draft }) => draft.key !== key)
  }
}

function laidBy({ pair }: Slot): string[] {
  if (pair === null) return []
  if (pair.id !== null) return [ofId(pair.id)]
  return pair.verdict === 'create' ? pair.claims : []
}

function ofId(id: string): string {
  return `id ${id}`
}
