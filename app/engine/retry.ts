import { ConnectorError } from '#sdk'
import type { World } from './sync_input.js'

const FIRST_WAIT = 1_000
const LONGEST_WAIT = 60_000
/** How long a vendor may refuse everything before a run gives up. */
const PATIENCE = 600_000
const TRIES = 6

/** A reply is lost, and the vendor may have done what was asked. */
export class LostReply {
  constructor(readonly reason: ConnectorError) {}
}

/** Full jitter: anything up to a bound that doubles. */
export function backOff(tries: number, world: World): number {
  return Math.round(world.random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries))
}

/** What all calls of a run share: one success means that the vendor is there. */
export class Patience {
  #refused = 0
  #waited = 0

  constructor(
    readonly world: World,
    readonly rest: (milliseconds: number) => Promise<void>
  ) {}

  /**
   * Calls until there is an answer, or an error that waiting does not mend.
   * @param mayRepeat whether a call may be sent again although the vendor may have done it
   * @param isHalted true stops trying
   */
  async until<T>(
    call: () => Promise<T>,
    mayRepeat: boolean,
    isHalted: () => boolean
  ): Promise<T | LostReply> {
    for (let troubles = 0; ;) {
      try {
        const answer = await call()
        this.#refused = 0
        this.#waited = 0
        return answer
      } catch (error) {
        if (!(error instanceof ConnectorError) || isHalted()) throw error
        const isFinal = error.kind === 'auth' || error.kind === 'config'
        if (error.delivered === 'unknown' && !mayRepeat && !isFinal) return new LostReply(error)
        if (error.kind === 'transient') troubles++
        const wait = this.#waitAfter(error, troubles)
        if (wait === null) throw error
        await this.rest(wait)
        if (isHalted()) throw error
      }
    }
  }

  #waitAfter(error: ConnectorError, troubles: number): number | null {
    if (error.kind === 'transient') {
      return troubles < TRIES ? (error.retryAfter ?? backOff(troubles, this.world)) : null
    }
    if (error.kind !== 'rate_limited' || this.#waited >= PATIENCE) return null
    const backedOff = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#refused++)
    const wait = error.retryAfter ?? Math.round(backedOff * (0.5 + this.world.random() / 2))
    this.#waited += Math.max(wait, 1)
    return wait
  }
}
