import type { Page, ReadQuery, ReadRoute } from '#sdk'
import type { ReadPlan } from './read_plan.js'

/** The plan of a reading, and how much of it was read. */
export class PlannedReading {
  #read = 0

  constructor(
    readonly plan: ReadPlan,
    readonly query: ReadQuery
  ) {}

  heard({ records }: Page): void {
    this.#read += records.length
  }

  /** What was planned for pages that nobody read. A job is paid as a whole when it begins. */
  get left(): { records: number; calls: number; credits: number } {
    const { route } = this.plan
    const records = this.plan.records ?? 0
    const { maxRecords } = route
    const begun = (Math.floor(this.#read / maxRecords) + 1) * maxRecords
    const paid = Math.min(records, route.kind === 'job' ? begun : this.#read)
    return {
      records: records - paid,
      calls: callsFor(route, records) - callsFor(route, paid),
      credits: this.#price(records) - this.#price(paid),
    }
  }

  #price(records: number): number {
    const { route } = this.plan
    const rest = records % route.maxRecords
    const full = Math.floor(records / route.maxRecords) * route.cost(route.maxRecords, this.query)
    return full + (rest === 0 ? 0 : route.cost(rest, this.query))
  }
}

const callsFor = ({ maxRecords }: ReadRoute, records: number) => Math.ceil(records / maxRecords)
