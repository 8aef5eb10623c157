import type { Field, Value } from '#sdk'
import { comparison } from '../lookup/comparable.js'

/** Values that are kept before the oldest are asked for again. */
const MOST_KEPT = 100_000

export type Ask = (values: Value[]) => Promise<Map<string, string[]>>

/** Which records of a module hold which values of one field, as far as they were asked for. */
export class Directory {
  readonly #known = new Map<string, string[]>()
  #turn: Promise<unknown> = Promise.resolve()

  /**
   * @param keepsMissing false where what is missing may come to be during the run
   */
  constructor(
    readonly field: Field,
    readonly ask: Ask,
    readonly keepsMissing: boolean
  ) {}

  /** Ids by value in the form of `comparison`. Askers wait for each other, so none asks twice. */
  find(values: Value[]): Promise<Map<string, string[]>> {
    const found = this.#turn.then(() => this.#findNow(values))
    this.#turn = Promise.allSettled([found])
    return found
  }

  async #findNow(values: Value[]): Promise<Map<string, string[]>> {
    const wanted = new Map<string, Value>()
    for (const value of values) {
      const key = comparison(this.field, value)
      if (key !== null) wanted.set(key, value)
    }
    const missing = [...wanted].filter(([key]) => !this.#known.has(key))
    const answers = missing.length === 0 ? null : await this.ask(missing.map(([, value]) => value))
    const found = new Map<string, string[]>()
    for (const key of wanted.keys()) {
      found.set(key, this.#known.get(key) ?? answers?.get(key) ?? [])
    }
    this.#keep(missing.map(([key]) => [key, found.get(key) ?? []]))
    return found
  }

  #keep(answers: Array<[string, string[]]>) {
    if (this.#known.size + answers.length > MOST_KEPT) this.#known.clear()
    for (const [key, ids] of answers) {
      if (ids.length > 0 || this.keepsMissing) this.#known.set(key, ids)
    }
  }
}
