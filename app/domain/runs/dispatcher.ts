import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import crossdock from '#config/crossdock'
import { Meter } from '#domain/connections/meter'
import { useRunners } from '#domain/runners'
import { pauseRun } from '#domain/runs/defer_run'
import { failRun, finishRun, stopRun } from '#domain/runs/finish_run'
import { newHeld } from '#domain/runs/held'
import type { Held } from '#domain/runs/held'
import { callbackUrl } from '#domain/runs/job_calls'
import { forgetLease } from '#domain/runs/known_leases'
import { giveBack, renewLease } from '#domain/runs/lease'
import { newsOfHeld } from '#domain/runs/news_of_held'
import { claimNext } from '#domain/runs/next_run'
import { openQuota } from '#domain/runs/open_quota'
import { planTerms } from '#domain/runs/plan_terms'
import type Run from '#domain/runs/run'
import { runnerPorts } from '#domain/runs/runner_ports'
import { saveProgress } from '#domain/runs/save_progress'
import { tellRun } from '#domain/runs/tell_run'
import { dispatcherBell } from '#domain/runs/wake'
import Service from '#domain/services/service'
import { assignmentParts } from '#domain/services/assignment_parts'
import type { Progress } from '#engine/sync_input'
import type { FromRunner } from '#workers/messages'
import { OpenWork } from '#workers/open_work'
import { RunnerPool, type PoolOptions } from '#workers/runner_pool'

const [RECYCLE_AFTER, CANCEL_DEADLINE] = [200, 15_000]
/** How a run ends that was asked to pause. */
const PAUSES = ['cancelled', 'rate_limited']

/** Hands runs to runner threads, keeps their leases, and writes down how they end. */
export class Dispatcher {
  readonly #meter = new Meter()
  /** By lease token: a run that was taken over may be held twice for a while. */
  readonly #held = new Map<string, Held>()
  readonly #pool: RunnerPool
  readonly #quota = openQuota({
    meter: this.#meter,
    usesReserve: (runId) => this.#holds(runId)?.run.usesReserve ?? false,
    onShort: (connectionIds, isEmpty) => this.#pauseOn(connectionIds, isEmpty),
  })
  #dispatching: Promise<void> = Promise.resolve()
  readonly #work = new OpenWork()
  #isBusy = false
  #isRungAgain = false
  #isClosing = false

  constructor(
    readonly takesRuns: (run: Run) => boolean = () => true,
    threads = crossdock.runners,
    openPool = (options: PoolOptions) => new RunnerPool(options)
  ) {
    this.#pool = openPool({
      size: threads,
      heapMb: crossdock.runnerHeapMb,
      hungAfter: crossdock.leaseSeconds * 1000,
      recycleAfter: RECYCLE_AFTER,
      warmFrom: crossdock.warmsRunners ? crossdock.pluginsRoot : null,
      ports: runnerPorts(this.#quota),
      onFree: () => this.ring(),
      onRunOver: (message) => this.#guard(this.#over(message)),
      onRunLost: (token, reason) => this.#guard(this.#lost(token, reason)),
      onProgress: ({ token, progress }) => this.#guard(this.#progress(token, progress)),
      onAlive: (token) => this.#guard(this.#renew(token)),
      onLog: ({ level, message, fields }) => logger[level](fields, message),
    })
  }

  /** Answers from now on; the threads start with the first question, or when they are asked to. */
  open(): void {
    dispatcherBell.on('ring', this.ring)
    dispatcherBell.on('cancel', this.#cancel)
    dispatcherBell.on('called', this.#called)
    useRunners(this.#pool)
  }

  startThreads(): Promise<void> {
    return this.#pool.start()
  }

  async close(): Promise<void> {
    this.#isClosing = true
    dispatcherBell.off('ring', this.ring)
    dispatcherBell.off('cancel', this.#cancel)
    dispatcherBell.off('called', this.#called)
    useRunners(null)
    // What it claims meanwhile is held, and given back below.
    await Promise.allSettled([this.#dispatching])
    await this.#pool.close()
    await this.#quota.close()
    await this.#work.settled()
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
    this.#dispatching = this.#dispatch().finally(() => {
      this.#isBusy = false
      if (!this.#isRungAgain) return
      this.#isRungAgain = false
      this.ring()
    })
    this.#guard(this.#dispatching)
  }

  /** Follows up on what another process was told of the runs here. */
  async heedNews(): Promise<void> {
    const { cancelled, called } = await newsOfHeld([...this.#held.values()])
    for (const id of cancelled) this.#cancel(id)
    for (const { serviceId, at } of called) this.#called(serviceId, at)
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
      const { run, lease, counted } = claimed
      const held = newHeld(run, lease)
      this.#held.set(lease.token, held)
      try {
        const service = await Service.findOrFail(run.serviceId)
        held.connections = [service.sourceConnectionId, service.targetConnectionId]
        const parts = await assignmentParts(service, run.revision)
        const isTaken = this.#pool.run({
          ...parts,
          ...(await planTerms(run, parts.definition, counted)),
          lease,
          callbackUrl: await callbackUrl(run),
        })
        if (!isTaken) await this.#lost(lease.token, 'no runner was free')
      } catch (error) {
        await failRun(lease, error)
        this.#release(lease.token)
      }
      await tellRun(run.id, null)
    }
  }

  async #over(message: Extract<FromRunner, { type: 'finished' | 'stopped' }>): Promise<void> {
    const held = this.#held.get(message.token)
    if (held === undefined) return
    await this.flush()
    if (message.type === 'finished') {
      await saveProgress(held, message.report.credits)
      await finishRun(held.lease, message.report)
    } else {
      if (message.error.kind === 'surprise') {
        logger.error({ runId: held.run.id, err: message.error })
      }
      const isPaused = held.isPausing && PAUSES.includes(message.error.kind)
      if (!isPaused || !(await pauseRun(held.lease))) await stopRun(held.lease, message.error)
    }
    this.#release(message.token)
    await tellRun(held.run.id, null)
  }

  async #lost(token: string, reason: string): Promise<void> {
    const held = this.#held.get(token)
    if (held === undefined) return
    await this.flush()
    await giveBack(held.run.id, token, reason, 'thread')
    this.#release(token)
    await tellRun(held.run.id, null)
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
    const isMine = await saveProgress(held, progress.credits, {
      stage: progress.stage,
      under_way: progress.underWay,
    })
    if (isMine) await tellRun(held.run.id, progress)
  }

  #holds(runId: string): Held | undefined {
    return [...this.#held.values()].find(({ run }) => run.id === runId)
  }

  /** Runs that spend there settle what is under way and wait in the queue. */
  #pauseOn(connectionIds: string[], isEmpty: boolean): void {
    for (const held of this.#held.values()) {
      if (held.isPausing || (held.run.usesReserve && !isEmpty)) continue
      if (!held.connections.some((id) => connectionIds.includes(id))) continue
      held.isPausing = true
      this.#cancelUnder(held.lease.token)
    }
  }

  readonly #cancel = (runId: string): void => {
    for (const { run, lease } of this.#held.values()) {
      if (run.id === runId) this.#cancelUnder(lease.token)
    }
  }

  readonly #called = (serviceId: string, at: number): void => {
    for (const held of this.#held.values()) {
      if (held.run.serviceId !== serviceId) continue
      held.calledAt = at
      this.#pool.called(held.lease.token)
    }
  }

  #cancelUnder(token: string): void {
    this.#pool.cancel(token)
    setTimeout(() => {
      if (this.#held.has(token)) this.#guard(this.#pool.end(token))
    }, CANCEL_DEADLINE).unref()
  }

  #guard(work: Promise<unknown>): void {
    const stumbled = (error: unknown) => logger.error({ err: error }, 'The dispatcher stumbled')
    void this.#work.add(work.catch(stumbled))
  }
}
