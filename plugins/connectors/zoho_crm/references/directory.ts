import type { Field, Value } from '#sdk'
import { comparison } from '../lookup/comparable.js'

/** Values that are kept before the oldest are asked for again. */
export const MOST_KEPT = 100_000

export type Ask = (values: Value[]) => Promise<Map<string, string[]>>

/** Which records of a module hold which values of one field, as far as they were asked for. */
export class Directory {
  readonly #known = new Map<string, string[]>()
  /** Values that will be wanted soon. */
  readonly #expected = new Map<string, Value>()
  #turn: Promise<unknown> = Promise.resolve()

  /**
   * @param keepsMissing false where what is missing may come to be during the run
   * @param atOnce values that one question asks for; none is filled up where this is absent
   */
  constructor(
    readonly field: Field,
    readonly ask: Ask,
    readonly keepsMissing: boolean,
    readonly atOnce = 1
  ) {}

  /** What will be wanted soon is asked for along with what is wanted now, where a question has room. */
  expect(values: Map<string, Value>): void {
    if (!this.keepsMissing) return
    for (const [key, value] of values) if (!this.#known.has(key)) this.#expected.set(key, value)
  }

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
    const asked = [...missing, ...this.#others(missing)]
    const answers = missing.length === 0 ? null : await this.ask(asked.map(([, value]) => value))
    const found = new Map<string, string[]>()
    for (const key of wanted.keys()) {
      found.set(key, this.#known.get(key) ?? answers?.get(key) ?? [])
    }
    this.#keep(asked.map(([key]) => [key, answers?.get(key) ?? []]))
    return found
  }

  /** As many as the last question has room for. */
  #others(missing: Array<[string, Value]>): Array<[string, Value]> {
    for (const [key] of missing) this.#expected.delete(key)
    let room = (this.atOnce - (missing.length % this.atOnce)) % this.atOnce
    const others: Array<[string, Value]> = []
    for (const each of this.#expected) {
      if (room-- <= 0) break
      others.push(each)
      this.#expected.delete(each[0])
    }
    return others
  }

  #keep(answers: Array<[string, string[]]>) {
    if (this.#known.size + answers.length > MOST_KEPT) this.#known.clear()
    for (const [key, ids] of answers) {
      if (ids.length > 0 || this.keepsMissing) this.#known.set(key, ids)
    }
  }
}
