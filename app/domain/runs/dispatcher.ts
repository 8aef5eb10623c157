import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import crossdock from '#config/crossdock'
import { Meter } from '#domain/connections/meter'
import { Quota } from '#domain/connections/quota_port'
import { tokenPort } from '#domain/connections/token_port'
import { useRunners } from '#domain/runners'
import { failRun, finishRun, stopRun } from '#domain/runs/finish_run'
import { giveBack, renewLease } from '#domain/runs/lease'
import { claimNext } from '#domain/runs/next_run'
import Run from '#domain/runs/run'
import { runEvents } from '#domain/runs/run_events'
import { forgetLease, ledgerPort } from '#domain/runs/run_ledger'
import { dispatcherBell } from '#domain/runs/wake'
import Service from '#domain/services/service'
import { assignmentParts } from '#domain/services/assignment_parts'
import type { Progress } from '#engine/sync_input'
import type { FromRunner, Lease } from '#workers/messages'
import { RunnerPool } from '#workers/runner_pool'

const RECYCLE_AFTER = 200
const CANCEL_DEADLINE = 15_000

interface Held {
  lease: Lease
  run: Run
  renewedAt: number
  plannedBefore: number
}

/** Hands runs to runner threads, keeps their leases, and writes down how they end. */
export class Dispatcher {
  readonly #meter = new Meter()
  /** By lease token: a run that was taken over may be held twice for a while. */
  readonly #held = new Map<string, Held>()
  readonly #pool: RunnerPool
  #isBusy = false
  #isRungAgain = false
  #isClosing = false

  constructor(readonly takesRuns: (run: Run) => boolean = () => true) {
    const quota = new Quota(this.#meter)
    this.#pool = new RunnerPool({
      size: crossdock.runners,
      heapMb: crossdock.runnerHeapMb,
      hungAfter: crossdock.leaseSeconds * 1000,
      recycleAfter: RECYCLE_AFTER,
      pluginsRoot: crossdock.pluginsRoot,
      ports: { ledger: ledgerPort, token: tokenPort, quota },
      onFree: () => this.ring(),
      onRunOver: (message) => this.#guard(this.#over(message)),
      onRunLost: (token, reason) => this.#guard(this.#lost(token, reason)),
      onProgress: ({ token, progress }) => this.#guard(this.#progress(token, progress)),
      onAlive: (token) => this.#guard(this.#renew(token)),
      onLog: ({ level, message, fields }) => logger[level](fields, message),
    })
  }

  async start(): Promise<void> {
    dispatcherBell.on('ring', this.ring)
    dispatcherBell.on('cancel', this.#cancel)
    useRunners(this.#pool)
    await this.#pool.start()
  }

  async close(): Promise<void> {
    this.#isClosing = true
    dispatcherBell.off('ring', this.ring)
    dispatcherBell.off('cancel', this.#cancel)
    useRunners(null)
    await this.#pool.close()
    for (const { lease } of this.#held.values()) {
      await giveBack(lease.runId, lease.token, 'the server was stopped', 'server')
    }
    await this.flush()
  }

  /** Looks for work while there is a free runner; rung while it looks, it looks again. */
  readonly ring = (): void => {
    if (this.#isBusy) {
      this.#isRungAgain = true
      return
    }
    this.#isBusy = true
    this.#guard(
      this.#dispatch().finally(() => {
        this.#isBusy = false
        if (!this.#isRungAgain) return
        this.#isRungAgain = false
        this.ring()
      })
    )
  }

  /** Follows up on cancellations that another process asked for. */
  async heedCancellations(): Promise<void> {
    const asked = await Run.query()
      .where('state', 'cancelling')
      .whereIn(
        'id',
        [...this.#held.values()].map(({ run }) => run.id)
      )
    for (const { id } of asked) this.#cancel(id)
  }

  /** Writes down what was spent since the last time. */
  async flush(): Promise<void> {
    for (const [runId, credits] of await this.#meter.flush()) {
      await db.from('runs').where('id', runId).increment('credits_spent', credits)
    }
  }

  async #dispatch(): Promise<void> {
    while (!this.#isClosing && this.#pool.free !== undefined) {
      const claimed = await claimNext(this.takesRuns)
      if (claimed === null) return
      const { run, lease } = claimed
      this.#held.set(lease.token, {
        run,
        lease,
        renewedAt: Date.now(),
        plannedBefore: run.creditsPlanned,
      })
      try {
        const service = await Service.findOrFail(run.serviceId)
        const parts = await assignmentParts(service, run.revision)
        const isTaken = this.#pool.run({ ...parts, lease, bounds: run.bounds, only: run.onlyKeys })
        if (!isTaken) await this.#lost(lease.token, 'no runner was free')
      } catch (error) {
        await failRun(lease, error)
        this.#release(lease.token)
      }
      await this.#tell(run.id, null)
    }
  }

  async #over(message: Extract<FromRunner, { type: 'finished' | 'stopped' }>): Promise<void> {
    const held = this.#held.get(message.token)
    if (held === undefined) return
    await this.flush()
    if (message.type === 'finished') {
      await this.#save(held, message.report.credits.planned)
      await finishRun(held.lease, message.report)
    } else {
      if (message.error.kind === 'surprise') {
        logger.error({ runId: held.run.id, err: message.error })
      }
      await stopRun(held.lease, message.error)
    }
    this.#release(message.token)
    await this.#tell(held.run.id, null)
  }

  async #lost(token: string, reason: string): Promise<void> {
    const held = this.#held.get(token)
    if (held === undefined) return
    await giveBack(held.run.id, token, reason, 'thread')
    this.#release(token)
    await this.#tell(held.run.id, null)
    this.ring()
  }

  #release(token: string): void {
    this.#held.delete(token)
    forgetLease(token)
  }

  /** A lease that is another's cannot be renewed: the thread that still works under it is ended. */
  async #renew(token: string): Promise<void> {
    const held = this.#held.get(token)
    if (held === undefined) return
    if (Date.now() - held.renewedAt < (crossdock.leaseSeconds * 1000) / 4) return
    held.renewedAt = Date.now()
    if (!(await renewLease(held.lease))) await this.#pool.end(token)
    await this.flush()
  }

  async #progress(token: string, progress: Progress): Promise<void> {
    const held = this.#held.get(token)
    if (held === undefined) return
    const isMine = await this.#save(held, progress.credits.planned, {
      stage: progress.stage,
      under_way: progress.underWay,
    })
    if (isMine) await this.#tell(held.run.id, progress)
  }

  async #save({ lease, plannedBefore }: Held, planned: number, more: object = {}) {
    const changed = await db
      .from('runs')
      .where('id', lease.runId)
      .where('lease_token', lease.token)
      .update({ credits_planned: plannedBefore + planned, ...more })
    return Number(changed) === 1
  }

  async #tell(runId: string, progress: Progress | null): Promise<void> {
    const run = await Run.findOrFail(runId)
    runEvents.emit('changed', {
      tenantId: run.tenantId,
      serviceId: run.serviceId,
      runId,
      state: run.state,
      stage: progress?.stage ?? run.stage,
      counters: progress?.counters ?? run.counters,
      underWay: progress?.underWay ?? 0,
      credits: { planned: run.creditsPlanned, spent: progress?.credits.spent ?? run.creditsSpent },
      at: Date.now(),
    })
  }

  readonly #cancel = (runId: string): void => {
    for (const { run, lease } of this.#held.values()) {
      if (run.id === runId) this.#cancelUnder(lease.token)
    }
  }

  #cancelUnder(token: string): void {
    this.#pool.cancel(token)
    setTimeout(() => {
      if (this.#held.has(token)) this.#guard(this.#pool.end(token))
    }, CANCEL_DEADLINE).unref()
  }

  #guard(work: Promise<unknown>): void {
    work.catch((error: unknown) => logger.error({ err: error }, 'The dispatcher stumbled'))
  }
}
