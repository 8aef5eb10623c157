import { findCost } from './find_cost.js'
import type { Judged } from './match.js'
import type { PlannedRoute } from './preview_plan.js'
import type { Run } from './run.js'

/** The look-ups that a run makes for records whose id nobody knows yet. */
export class PlannedFinds {
  readonly #run: Run
  #records = 0
  #credits = 0

  constructor(run: Run) {
    this.#run = run
  }

  /** Records of one page, before the target was asked for any. */
  add(judged: Judged[]): void {
    const sought = judged.filter(({ verdict }) => verdict === 'find').map(({ slot }) => slot)
    this.#records += sought.length
    this.#credits += findCost(this.#run, sought)
  }

  plan(): PlannedRoute[] {
    const credits = this.#credits
    if (credits === 0) return []
    return [
      { route: 'match_lookup', way: 'match', records: this.#records, calls: credits, credits },
    ]
  }
}
