import { ConnectorError, type Value } from '#sdk'
import type { Slot } from './account.js'
import { amount } from './amount.js'
import type { Lane } from './lane.js'
import type { RecordFault } from './misfit.js'
import { referenceBatch, referenceFields, referencesIn } from './reference_batch.js'
import { LostReply } from './retry.js'
import type { Run } from './run.js'

/** What the target said of those that records refer to. */
export interface Links {
  /** By field, the id of the record that is meant. */
  found: Map<Slot, Map<string, string>>
  /** Why a write would refuse the record. */
  faults: Map<Slot, RecordFault>
  /** The keys of those. */
  refused: Set<string>
}

/** Asks the target for what records refer to by value, for as many as a preview may ask for. */
export class ReferenceGlance {
  readonly #run: Run
  readonly #most: number
  readonly #fields: string[]
  readonly #notes = new Set<string>()
  #asked = 0
  #left = 0
  #credits = 0

  constructor(run: Run, most: number) {
    this.#run = run
    this.#most = most
    const { definition, target } = run.input
    this.#fields = target.access.findReferences ? referenceFields(definition) : []
  }

  get notes(): string[] {
    const notes = [...this.#notes]
    if (this.#credits > 0) {
      notes.push(
        `Looking up what records refer to cost ${amount(this.#credits, 'credit')} just now.`
      )
    }
    if (this.#left > 0 && this.#notes.size === 0) {
      const number = this.#left.toLocaleString('en-GB')
      notes.push(`What ${number} more records refer to was not looked up.`)
    }
    return notes
  }

  async look(slots: Slot[]): Promise<Links> {
    const links: Links = { found: new Map(), faults: new Map(), refused: new Set() }
    if (this.#fields.length === 0 || slots.length === 0) return links
    const asked = slots.slice(0, Math.max(0, this.#most - this.#asked))
    this.#asked += asked.length
    this.#left += slots.length - asked.length
    for (const [lane, own] of Map.groupBy(asked, (slot) => this.#run.laneOf(slot))) {
      await this.#find(lane, own, links)
    }
    return links
  }

  async #find(
    { writing, routes }: Lane,
    slots: Slot[],
    { found, faults, refused }: Links
  ): Promise<void> {
    const run = this.#run
    const { findReferences } = run.input.target.access
    if (!findReferences) return
    const records = slots.map(({ draft }) => referencesIn(draft.target, this.#fields))
    const { batch } = referenceBatch(run, routes[0]?.name ?? '', writing, records)
    const answer = await this.#kindly(() => findReferences(run.targetContext, batch))
    if (answer === null) return
    this.#credits += answer.credits
    for (const { index, field, id } of answer.found) {
      const slot = slots[index]
      const ids = found.get(slot) ?? new Map<string, string>()
      found.set(slot, ids.set(field, id))
    }
    for (const { index, state, code, message, field = null } of answer.faults) {
      // What failed may still arrive: the record that is meant may be one of this run.
      if (state !== 'rejected') continue
      faults.set(slots[index], { code, field, value: null, message })
      refused.add(slots[index].draft.key)
    }
  }

  /** That the target does not answer spoils the look, not the preview. */
  async #kindly<T>(ask: () => Promise<T>): Promise<T | null> {
    const run = this.#run
    try {
      const answer = await run.patience.until(ask, true, () => run.isHalted)
      if (answer instanceof LostReply) throw answer.reason
      return answer
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error
      this.#notes.add(`What records refer to could not be looked up: ${error.message}`)
      return null
    }
  }
}

/** A value that refers to a record, with the id of that one where it was found. */
export function linkedValue(value: Value, id: string | undefined): Value {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return id === undefined || !isObject ? value : { ...value, id }
}
