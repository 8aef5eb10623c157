import logger from '@adonisjs/core/services/logger'
import type { Dispatcher } from '#domain/runs/dispatcher'
import { reapExpired } from '#domain/runs/reaper'
import ServerProcess from '#domain/runs/server_process'
import { startDue } from '#domain/runs/start_due'

const TICK = 500

/** Looks twice a second for what is due and for what has expired. Runs apart from the runners. */
export class Clock {
  readonly #dispatcher: Dispatcher
  #process: ServerProcess | null = null
  #timer: NodeJS.Timeout | null = null
  #ticking: Promise<void> = Promise.resolve()
  #isStopped = false

  /** @param chores further work of each look, of parts of the domain that runs know nothing of */
  constructor(
    dispatcher: Dispatcher,
    readonly chores: Array<() => Promise<void>> = []
  ) {
    this.#dispatcher = dispatcher
  }

  async start(): Promise<void> {
    this.#process = await ServerProcess.register()
    this.#next()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#ticking
    await this.#process?.delete()
  }

  #next(): void {
    if (this.#isStopped) return
    this.#timer = setTimeout(() => {
      this.#ticking = this.#tick()
        .catch((error: unknown) => logger.error({ err: error }, 'The clock stumbled'))
        .finally(() => this.#next())
    }, TICK)
  }

  async #tick(): Promise<void> {
    await this.#process?.beat()
    await reapExpired()
    await startDue()
    await this.#dispatcher.heedNews()
    this.#dispatcher.ring()
    for (const chore of this.chores) await chore()
  }
}
