import Bree from 'bree'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { Runner } from './runner.js'
import { toWire } from './wire_error.js'
import type { Answers, Assignment, FromRunner, Inquiry, Ports } from './messages.js'

export interface PoolOptions {
  size: number
  /** Megabytes of heap per thread, as Node's --max-old-space-size counts: what is young comes on top. */
  heapMb: number
  /** Milliseconds without a sign of life after which a thread is ended. */
  hungAfter: number
  /** Runs after which a thread is replaced. */
  recycleAfter: number
  warmFrom: string | null
  ports: Ports
  onFree(): void
  onRunOver(message: Extract<FromRunner, { type: 'finished' | 'stopped' }>): void
  /** The thread died or hung while it worked under this lease. */
  onRunLost(token: string, reason: string): void
  onProgress(message: Extract<FromRunner, { type: 'progress' }>): void
  onAlive(token: string): void
  onLog(message: Extract<FromRunner, { type: 'log' }>): void
}

const THREAD = fileURLToPath(new URL('./runner_thread.ts', import.meta.url))
const LOADER = import.meta.resolve('@poppinss/ts-exec')
/**
 * Records die young, some thousands at a time: with room for them half as much is copied as with
 * half the room. It must not be taken from the rest of the heap, which would be swept more often.
 */
const YOUNG_MB = 96
/** What lives is small beside the limit: the heap may grow to three times that before it is swept. */
const GROWTH = '--heap-growing-percent=200'
/**
 * What outlived one collection made V8 put its like among the old from then on: a record's values,
 * which die there some milliseconds later, and all that they hold with them until the next sweep.
 */
const BORN_YOUNG = '--no-allocation-site-pretenuring'
/** On a busy machine many threads that start at once take long. */
const START_WITHIN = 180_000
const RESTART_PAUSE = 1000
const silent = { info() {}, warn() {}, error() {} }

/** Keeps N long-lived runner threads: starts them, replaces the dead, hung and worn. Bree supervises the threads. */
export class RunnerPool {
  readonly #options: PoolOptions
  readonly #runners = new Map<string, Runner>()
  readonly #bree: Bree
  readonly #watch: NodeJS.Timeout
  readonly #waitingForReady: Array<(runner: Runner) => void> = []
  #lookedAt = Date.now()
  #isClosing = false
  #started: Promise<void> | null = null

  constructor(options: PoolOptions) {
    this.#options = options
    this.#bree = new Bree({
      root: false,
      logger: silent,
      acceptedExtensions: ['.ts', '.js'],
      errorHandler: (error, { name }) => this.#failed(name, toWire(error).message),
      jobs: Array.from({ length: options.size }, (_, index) => ({
        name: `runner-${index + 1}`,
        path: THREAD,
        timeout: false,
        interval: false,
        worker: {
          env: { NODE_ENV: process.env.NODE_ENV, TZ: 'UTC' },
          execArgv: [`--import=${LOADER}`, '--no-warnings'],
          resourceLimits: {
            maxOldGenerationSizeMb: options.heapMb,
            maxYoungGenerationSizeMb: YOUNG_MB,
          },
        },
      })),
    })
    this.#bree.on('worker created', (name: string) => this.#created(name))
    this.#bree.on('worker deleted', (name: string) => this.#gone(name))
    this.#watch = setInterval(() => this.#endTheHung(), Math.max(50, options.hungAfter / 4))
  }

  /** Starts the threads, once. */
  start(): Promise<void> {
    this.#started ??= this.#startAll()
    return this.#started
  }

  get free(): Runner | undefined {
    return [...this.#runners.values()].find((runner) => runner.isFree)
  }

  /** Resolves once every thread is ready. Throws when they are not within three minutes. */
  async settled(): Promise<void> {
    await this.start()
    const deadline = Date.now() + START_WITHIN
    while (this.ready < this.size) {
      if (Date.now() > deadline) throw new Error('The runner threads do not get ready')
      await wait(20)
    }
  }

  get size(): number {
    return this.#options.size
  }

  get ready(): number {
    return [...this.#runners.values()].filter((runner) => runner.isReady).length
  }

  run(assignment: Assignment): boolean {
    const runner = this.free
    runner?.run(assignment)
    return runner !== undefined
  }

  cancel(token: string): void {
    this.#working(token)?.cancel(token)
  }

  /** A vendor says that a job of the run under this lease is over. */
  called(token: string): void {
    this.#working(token)?.called(token)
  }

  /** Ends the thread that works under this lease; the run is reported lost. */
  async end(token: string): Promise<void> {
    await this.#working(token)?.terminate()
  }

  async inquire<Name extends Inquiry['ask']>(
    inquiry: Extract<Inquiry, { ask: Name }>
  ): Promise<Answers[Name]> {
    await this.start()
    const runner = await this.#leastBusy()
    return runner.inquire<Name>(inquiry)
  }

  async close(): Promise<void> {
    this.#isClosing = true
    clearInterval(this.#watch)
    await Promise.all([...this.#runners.values()].map((runner) => runner.terminate()))
  }

  async #startAll(): Promise<void> {
    for (const flag of [GROWTH, BORN_YOUNG]) setFlagsFromString(flag)
    for (let index = 1; index <= this.#options.size; index++)
      await this.#bree.run(`runner-${index}`)
  }

  #working(token: string): Runner | undefined {
    return [...this.#runners.values()].find((runner) => runner.token === token)
  }

  async #leastBusy(): Promise<Runner> {
    const load = (runner: Runner) => runner.inquiriesOpen + (runner.token === null ? 0 : 1)
    const ready = [...this.#runners.values()].filter((runner) => runner.isReady)
    const [best] = ready.sort((a, b) => load(a) - load(b))
    return best ?? new Promise((resolve) => this.#waitingForReady.push(resolve))
  }

  #created(name: string): void {
    const { ports, hungAfter, onAlive, onProgress, onLog } = this.#options
    const worker = this.#bree.workers.get(name)
    if (worker === undefined) throw new Error(`Bree started no worker for ${name}`)
    const opening = { pulse: Math.max(50, hungAfter / 10), warmFrom: this.#options.warmFrom }
    const runner = new Runner(name, worker, opening, ports, {
      onProgress,
      onLog,
      onAlive: ({ token }) => token !== null && onAlive(token),
      onReady: (ready) => {
        for (const resolve of this.#waitingForReady.splice(0)) resolve(ready)
        this.#options.onFree()
      },
      onRunOver: (worn, message) => this.#over(worn, message),
    })
    this.#runners.set(name, runner)
  }

  #over(runner: Runner, message: Extract<FromRunner, { type: 'finished' | 'stopped' }>): void {
    this.#options.onRunOver(message)
    if (runner.runsDone < this.#options.recycleAfter) return this.#options.onFree()
    runner.isReady = false
    void runner.terminate()
  }

  #failed(name: string, reason: string): void {
    const runner = this.#runners.get(name)
    if (runner === undefined || this.#isClosing) return
    runner.isReady = false
    const { token } = runner
    runner.token = null
    if (token !== null) this.#options.onRunLost(token, reason)
  }

  /** A thread that died before it was ready is not started again at once. */
  #gone(name: string): void {
    const runner = this.#runners.get(name)
    runner?.lost()
    this.#runners.delete(name)
    if (this.#isClosing) return
    const pause = runner === undefined || !runner.wasReady ? RESTART_PAUSE : 0
    setTimeout(() => void this.#start(name), pause)
  }

  async #start(name: string): Promise<void> {
    if (this.#isClosing) return
    try {
      await this.#bree.run(name)
    } catch (error) {
      this.#options.onLog({
        type: 'log',
        level: 'warn',
        message: `The runner ${name} could not be started: ${toWire(error).message}`,
        fields: {},
      })
      setTimeout(() => void this.#start(name), RESTART_PAUSE)
    }
  }

  #endTheHung(): void {
    const since = Date.now() - this.#lookedAt
    this.#lookedAt = Date.now()
    // What they said while nobody listened is heard before the next look.
    if (since > this.#options.hungAfter / 2) return
    const terms = { hungAfter: this.#options.hungAfter, startWithin: START_WITHIN }
    for (const runner of this.#runners.values()) {
      if (runner.isHung(terms)) void runner.terminate()
    }
  }
}
