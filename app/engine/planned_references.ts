import type { PlannedWrite, RecordValues } from '#sdk'
import { amount } from './amount.js'
import { planWrites } from './plan.js'
import type { PlannedRoute } from './preview_plan.js'
import type { PreviewedRecord } from './preview_records.js'
import { referenceBatch, referenceFields, referencesIn } from './reference_batch.js'
import type { Run } from './run.js'

/** What records refer to others by, of all that would be written. */
export class PlannedReferences {
  readonly #run: Run
  readonly #fields: string[]
  /** By the lane that they are written in. */
  readonly #records: RecordValues[][]
  readonly notes: string[] = []

  constructor(run: Run) {
    this.#run = run
    const { definition, target } = run.input
    this.#fields = target.access.priceReferences ? referenceFields(definition) : []
    this.#records = run.lanes.map(() => [])
  }

  get isEmpty(): boolean {
    return this.#fields.length === 0
  }

  /**
   * In the order of the source; only what would be written counts.
   * @param isRefused for what it refers to, which is found out at the same price
   */
  add({ outcome, target }: Pick<PreviewedRecord, 'outcome' | 'target'>, isRefused = false): void {
    const isWritten = outcome === 'create' || outcome === 'update'
    if (this.isEmpty || (!isWritten && !isRefused)) return
    const lane = outcome !== 'update' || this.#records.length === 1 ? 0 : 1
    this.#records[lane].push(referencesIn(target, this.#fields))
  }

  /** @param isComplete whether these are all that the source holds */
  async plan(isComplete: boolean): Promise<PlannedRoute[]> {
    const { access } = this.#run.input.target
    const batches = this.#batches()
    if (batches.length === 0 || access.priceReferences === undefined) return []
    const price = await access.priceReferences(this.#run.targetContext, batches)
    const { credits, values, isExact } = price
    if (credits === 0) return []
    if (!isExact || !isComplete) {
      this.notes.push(
        `Finding what records refer to costs ${amount(credits, 'credit')} at least${isComplete ? '' : ' for what was counted here'}. It costs more where many records of the target share a value, or a record refers to one that this run has yet to write.`
      )
    }
    return [{ route: 'references', way: 'resolve', records: values, calls: credits, credits }]
  }

  #batches(): PlannedWrite[] {
    return this.#run.lanes.flatMap(({ routes, writing }, lane) => {
      const all = this.#records[lane]
      let from = 0
      return planWrites(routes, all.length, writing.operation).map(({ route, records: size }) => {
        const records = all.slice(from, (from += size))
        return referenceBatch(this.#run, route.name, writing, records)
      })
    })
  }
}
