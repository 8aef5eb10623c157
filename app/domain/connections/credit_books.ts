import logger from '@adonisjs/core/services/logger'
import { compactCredits } from '#domain/connections/compact_credits'

const EVERY = 3_600_000

/** Keeps the ledger of credits short, beside the clock. */
export class CreditBooks {
  #lookedAt = 0
  #work: Promise<unknown> | null = null

  /** A chore of the clock. It begins work where some is due, and waits for none. */
  async turn(now = Date.now()): Promise<void> {
    if (this.#work !== null || now - this.#lookedAt < EVERY) return
    this.#lookedAt = now
    this.#work = compactCredits(now)
      .catch((error: unknown) => logger.warn({ err: error }, 'Old credits could not be added up'))
      .finally(() => (this.#work = null))
  }

  async settled(): Promise<void> {
    await this.#work
  }
}
