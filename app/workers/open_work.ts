/** Work that nobody waits for while the server runs; it is over before the server may end. */
export class OpenWork {
  readonly #open = new Set<Promise<unknown>>()

  /** Answers the same promise. Whoever makes it sees to its errors. */
  add<Result>(work: Promise<Result>): Promise<Result> {
    const over = () => this.#open.delete(work)
    this.#open.add(work)
    work.then(over, over)
    return work
  }

  /** Resolves once all of it is over, and what it began meanwhile. */
  async settled(): Promise<void> {
    while (this.#open.size > 0) await Promise.allSettled(this.#open)
  }
}
