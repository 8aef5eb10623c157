import type { Route } from '#sdk'
import type { Slot } from './account.js'
import type { Lane } from './lane.js'
import { referenceBatch, referenceFields, referencesIn } from './reference_batch.js'
import { LostReply } from './retry.js'
import type { Run } from './run.js'

/** Tells the target what records refer to before they are sent, so that it asks for much at once. */
export class ExpectedReferences {
  readonly #run: Run
  readonly #fields: string[]
  readonly #told = new WeakSet<Slot>()

  private constructor(run: Run, fields: string[]) {
    this.#run = run
    this.#fields = fields
  }

  /** Null where nothing refers to others by value. */
  static of(run: Run): ExpectedReferences | null {
    const { definition, target } = run.input
    const fields = target.access.expectReferences ? referenceFields(definition) : []
    return fields.length === 0 ? null : new ExpectedReferences(run, fields)
  }

  /** What follows a call in its lane goes by calls too; what follows a job is not certain yet. */
  async tell({ writing, queued }: Lane, route: Route, slots: Slot[]): Promise<void> {
    const run = this.#run
    const { expectReferences } = run.input.target.access
    const all = route.kind === 'call' ? [...slots, ...queued] : slots
    const fresh = all.filter((slot) => !this.#told.has(slot))
    if (fresh.length === 0 || !expectReferences) return
    for (const slot of fresh) this.#told.add(slot)
    const records = fresh.map(({ draft }) => referencesIn(draft.target, this.#fields))
    const batch = referenceBatch(run, route.name, writing, records)
    const price = await run.patience.until(
      () => expectReferences(run.targetContext, [batch]),
      true,
      () => run.isHalted
    )
    if (price instanceof LostReply || price.credits === 0) return
    const { credits, values } = price
    run.credits.planned += credits
    run.charge({ route: 'references', records: values, calls: credits, credits, took: 0 })
  }
}
