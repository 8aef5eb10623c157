import type { World } from './sync_input.js'

/** How much longer than advised a pause is, where the vendor will call. */
const STRETCH = 4
const LONGEST = 60_000

interface Pending {
  pollAfter?: number
  callsBack?: boolean
}

/**
 * The pauses between looks at jobs of a vendor. Where the vendor calls back they are long, since
 * its call ends them. A call that came during a look counts as well.
 */
export class JobPauses {
  #heard: number
  #wasCalled = false

  constructor(readonly world: World) {
    this.#heard = world.heard?.() ?? 0
  }

  /** To be said before each look. */
  look(): void {
    const heard = this.world.heard?.() ?? 0
    this.#wasCalled = heard > this.#heard
    this.#heard = heard
  }

  /** Calls heard before the last look. */
  get heard(): number {
    return this.#heard
  }

  /** A job that is not over although the vendor called is looked at soon. */
  length({ pollAfter = 0, callsBack = false }: Pending): number {
    if (!callsBack || this.#wasCalled) return pollAfter
    return Math.max(pollAfter, Math.min(LONGEST, pollAfter * STRETCH))
  }
}
