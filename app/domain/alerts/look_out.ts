import logger from '@adonisjs/core/services/logger'
import { tellAlerts } from '#domain/alerts/tell_alerts'
import { watchRest } from '#domain/alerts/watch_rest'
import { watchRuns } from '#domain/alerts/watch_runs'

const EVERY = 5_000

/** Finds trouble and tells of it, beside the clock: a mail server that hangs must delay no slot. */
export class LookOut {
  #lookedAt = 0
  #looking: Promise<void> | null = null

  /** A chore of the clock. It begins a look where one is due, and waits for none. */
  async turn(now = Date.now()): Promise<void> {
    if (this.#looking !== null || now - this.#lookedAt < EVERY) return
    this.#lookedAt = now
    this.#looking = this.#look(now)
      .catch((error: unknown) => logger.error({ err: error }, 'The look-out stumbled'))
      .finally(() => (this.#looking = null))
  }

  async settled(): Promise<void> {
    await this.#looking
  }

  async #look(now: number): Promise<void> {
    await watchRuns(now)
    await watchRest(now)
    await tellAlerts(now)
  }
}
