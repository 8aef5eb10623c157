import type { PlannedWrite, RecordValues } from '#sdk'
import { planWrites } from './plan.js'
import type { PlannedRoute } from './preview_plan.js'
import type { Run } from './run.js'

/** What records refer to others by, of all that a preview would write. */
export class PlannedReferences {
  readonly #run: Run
  readonly #fields: string[]
  readonly #records: RecordValues[] = []
  readonly notes: string[] = []

  constructor(run: Run) {
    this.#run = run
    const { definition, target } = run.input
    const isPriced = target.access.priceReferences !== undefined && run.lanes.length === 1
    const byValue = definition.mapping
      .filter(({ by }) => by !== undefined)
      .map(({ to }) => to.split('.')[0])
    this.#fields = isPriced ? [...new Set(byValue)] : []
  }

  /** A record that would be written, in the order of the source. */
  add(target: RecordValues): void {
    if (this.#fields.length === 0) return
    const own = this.#fields.filter((name) => target[name] !== undefined)
    this.#records.push(Object.fromEntries(own.map((name) => [name, target[name]])))
  }

  /** @param isComplete whether these are all that the source holds */
  async plan(isComplete: boolean): Promise<PlannedRoute[]> {
    const { access } = this.#run.input.target
    if (this.#records.length === 0 || access.priceReferences === undefined) return []
    const price = await access.priceReferences(this.#run.targetContext, this.#batches())
    const { credits, values, isExact } = price
    if (credits === 0) return []
    if (!isExact || !isComplete) {
      this.notes.push(
        `Finding what records refer to costs ${credits} credits at least${isComplete ? '' : ' for what was counted here'}. It costs more where many records of the target share a value, or a record refers to one that this run has yet to write.`
      )
    }
    return [{ route: 'references', way: 'resolve', records: values, calls: credits, credits }]
  }

  #batches(): PlannedWrite[] {
    const { target, options, lanes } = this.#run
    const [{ routes, writing }] = lanes
    let from = 0
    return planWrites(routes, this.#records.length, writing.operation).map(
      ({ route, records: size }) => {
        const records = this.#records.slice(from, (from += size))
        const [json, keys] = [records.map(() => ''), records.map(() => '')]
        const ids = records.map(() => null)
        return {
          route: route.name,
          batch: { stream: target, ...writing, records, json, keys, ids, options },
        }
      }
    )
  }
}
