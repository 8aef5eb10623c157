/** Rings when a vendor says that a job of the run is over. */
export class CallBell {
  #heard = 0
  readonly #waiting = new Set<() => void>()

  get heard(): number {
    return this.#heard
  }

  ring(): void {
    this.#heard += 1
    for (const resolve of [...this.#waiting]) resolve()
  }

  /** Calls `onRing` at the next ring; the answer takes that back. */
  once(onRing: () => void): () => void {
    this.#waiting.add(onRing)
    return () => void this.#waiting.delete(onRing)
  }
}
