import type { RecordValues } from '#sdk'
import type { Slot } from './account.js'
import { readIndex, type HeldIndex } from './held_index.js'
import { Claims } from './claims.js'
import { isInPlace } from './ledger.js'
import { candidateOf, formsOf, type Candidate } from './pair.js'
import { planWhile } from './plan_while.js'
import { LostReply } from './retry.js'
import type { SearchHost } from './search_host.js'
import type { SearchPlan } from './search_plan.js'
import { commonForm } from './value_form.js'

/** Looks for records in the target, and knows those that are about to be created there. */
export class Seeker {
  /** Records that it may still search for. */
  left: number
  /** Records that it asked the target for, by however many groups. */
  sought = 0
  readonly claims = new Claims()
  #index: Promise<HeldIndex> | null = null
  #read: HeldIndex | null = null

  constructor(
    readonly run: SearchHost,
    readonly plan: SearchPlan
  ) {
    this.left = run.input.mostSearched ?? Infinity
  }

  /** Records that it may not search for any more. */
  get unsearched(): number {
    return Math.max(0, -this.left)
  }

  /** All records of the target that each of these could be, by the first group that finds any. */
  find(records: RecordValues[]): Promise<Candidate[][]> {
    return this.plan.normalised ? this.#findInIndex(records) : this.ask(records)
  }

  /** It is settled: from now on the target and the ledger tell. */
  leave(slot: Slot): void {
    this.claims.drop(slot)
    const { pair, result, link } = slot
    const id = result?.targetId ?? null
    if (this.#read === null || pair === null || id === null || result === null) return
    const isWritten = pair.verdict === 'create' || pair.verdict === 'update'
    if (!isWritten || result.state === 'rejected') return
    const isKnown = pair.verdict === 'update' || link?.targetId === id
    this.#read.learn(id, pair.claims, isKnown && isInPlace(result.state))
  }

  async #findInIndex(records: RecordValues[]): Promise<Candidate[][]> {
    this.#index ??= readIndex(this.run, this.plan)
    const index = (this.#read = await this.#index)
    return records.map((record) => {
      const exact = formsOf(record, this.plan)
      const common = formsOf(record, this.plan, commonForm)
      for (const [group, form] of exact.entries()) {
        const found = index.find(group, form, common[group])
        if (found.length > 0) return found
      }
      return []
    })
  }

  /** As the target is now. */
  async ask(records: RecordValues[]): Promise<Candidate[][]> {
    const found: Candidate[][] = records.map(() => [])
    this.sought += records.length
    for (const group of this.plan.groups.keys()) {
      const places = new Map<string, number[]>()
      for (const [index, record] of records.entries()) {
        const form = found[index].length > 0 ? null : formsOf(record, this.plan)[group]
        if (form === null) continue
        const sharing = places.get(form)
        if (sharing) sharing.push(index)
        else places.set(form, [index])
      }
      const wanted = [...places].map(([form, [first]]) => ({ form, record: records[first] }))
      for (const [form, held] of await this.#askGroup(group, wanted)) {
        for (const index of places.get(form) ?? []) found[index] = held
      }
    }
    return found
  }

  async #askGroup(
    group: number,
    wanted: Array<{ form: string; record: RecordValues }>
  ): Promise<Map<string, Candidate[]>> {
    const { search } = this.plan
    const found = new Map<string, Candidate[]>()
    const batches: RecordValues[][] = []
    for (let from = 0; from < wanted.length; from += search.maxRecords) {
      batches.push(wanted.slice(from, from + search.maxRecords).map(({ record }) => record))
    }
    const forms = new Set(wanted.map(({ form }) => form))
    for (let from = 0; from < batches.length; from += search.concurrency) {
      const some = batches.slice(from, from + search.concurrency)
      const answers = await Promise.all(some.map((batch) => this.#call(group, batch)))
      for (const candidate of answers.flat()) {
        const form = formsOf(candidate.values, this.plan)[group]
        if (form === null || !forms.has(form)) continue
        const held = found.get(form)
        if (!held) found.set(form, [candidate])
        else if (!held.some(({ id }) => id === candidate.id)) held.push(candidate)
      }
    }
    return found
  }

  async #call(group: number, records: RecordValues[]): Promise<Candidate[]> {
    const { run, plan } = this
    const fields = plan.groups[group].map(({ name }) => name)
    const credits = plan.search.cost(records.length, fields.length)
    const started = run.input.world.now()
    const batch = { stream: run.target, fields, records, wanted: plan.wanted }
    const answer = await planWhile(run, credits, () =>
      run.patience.until(
        () => plan.search.find(run.targetContext, batch),
        true,
        () => run.isHalted
      )
    )
    if (answer instanceof LostReply) throw answer.reason
    const took = run.input.world.now() - started
    run.charge({ route: 'match_search', records: records.length, calls: 1, credits, took })
    return answer.map(({ id, values }) => candidateOf(id, values, plan))
  }
}
