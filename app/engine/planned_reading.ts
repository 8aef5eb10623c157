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

  /** What was planned for pages that nobody read. A job is paid as a whole. */
  get left(): { records: number; calls: number; credits: number } {
    const { route, records } = this.plan
    const left = Math.max(0, (records ?? 0) - this.#read)
    if (left === 0 || route.kind === 'job') return { records: 0, calls: 0, credits: 0 }
    return {
      records: left,
      calls: callsFor(route, left + this.#read) - callsFor(route, this.#read),
      credits: this.#price(left + this.#read) - this.#price(this.#read),
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
