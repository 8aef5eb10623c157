import { setTimeout as wait } from 'node:timers/promises'
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads'
import type { MessagePort, Worker } from 'node:worker_threads'
import { OpenWork } from './open_work.js'
import { fromWire, toWire } from './wire_error.js'
import type {
  Answers,
  Assignment,
  FromRunner,
  Inquiry,
  Opening,
  Ports,
  ToRunner,
} from './messages.js'

/**
 * Milliseconds that a thread has to tell what its calls cost, and to end by itself. On a busy
 * machine one that loads a native addon is long deaf, and must not be ended meanwhile.
 */
const FAREWELL = 5_000

export interface RunnerEvents {
  onReady(runner: Runner): void
  /** The runner is free again; the run ended one way or the other. */
  onRunOver(runner: Runner, message: Extract<FromRunner, { type: 'finished' | 'stopped' }>): void
  onProgress(message: Extract<FromRunner, { type: 'progress' }>): void
  onAlive(runner: Runner): void
  onLog(message: Extract<FromRunner, { type: 'log' }>): void
}

interface Waiting {
  resolve(value: never): void
  reject(error: Error): void
}

/** The server's side of one runner thread. */
export class Runner {
  readonly name: string
  readonly #line: MessagePort
  readonly #worker: Worker
  readonly #ports: Ports
  readonly #events: RunnerEvents
  readonly #inquiries = new Map<number, Waiting>()
  #lastInquiry = 0
  /** The places in quotas that its thread holds; they go back when it is gone. */
  readonly #places: Array<[connectionId: string, lane: string | null]> = []
  /** What its thread asked for and is being done, apart from the wait for a call's turn. */
  readonly #served = new OpenWork()
  #isLost = false
  #hasEnded: () => void = () => undefined
  /** The lease of the run it works on. */
  token: string | null = null
  isReady = false
  wasReady = false
  lastSign = Date.now()
  runsDone = 0

  constructor(
    name: string,
    worker: Worker,
    opening: Omit<Opening, 'port'>,
    ports: Ports,
    events: RunnerEvents
  ) {
    const { port1, port2 } = new MessageChannel()
    this.name = name
    this.#worker = worker
    this.#ports = ports
    this.#events = events
    this.#line = port1
    port1.on('message', (message: FromRunner) => this.#take(message))
    worker.postMessage({ ...opening, port: port2 }, [port2])
  }

  get isFree(): boolean {
    return this.isReady && this.token === null
  }

  /** No sign of life for so long: of one that works, or of one that does not get ready. */
  isHung({ hungAfter, startWithin }: { hungAfter: number; startWithin: number }): boolean {
    if (this.wasReady && !this.isReady) return false
    return Date.now() - this.lastSign > (this.isReady ? hungAfter : startWithin)
  }

  get inquiriesOpen(): number {
    return this.#inquiries.size
  }

  run(assignment: Assignment): void {
    this.token = assignment.lease.token
    this.#tell({ type: 'run', assignment })
  }

  cancel(token: string): void {
    this.#tell({ type: 'cancel', token })
  }

  called(token: string): void {
    this.#tell({ type: 'called', token })
  }

  inquire<Name extends Inquiry['ask']>(
    inquiry: Extract<Inquiry, { ask: Name }>
  ): Promise<Answers[Name]> {
    const id = ++this.#lastInquiry
    return new Promise((resolve, reject) => {
      this.#inquiries.set(id, { resolve, reject })
      this.#tell({ type: 'inquire', id, inquiry })
    })
  }

  /**
   * Ends the thread, whatever it is doing, and waits for what was being done for it. Only one that
   * hangs does not get to tell what its calls cost.
   */
  async terminate(patience = FAREWELL): Promise<void> {
    this.isReady = false
    if (this.wasReady && !this.#isLost) {
      const ended = new Promise<void>((resolve) => (this.#hasEnded = resolve))
      this.#tell({ type: 'farewell' })
      await Promise.race([ended, wait(patience, undefined, { ref: false })])
    }
    await this.#worker.terminate()
    await this.#served.settled()
  }

  /** The thread is gone: nobody will answer any more. */
  lost(): void {
    this.#hasEnded()
    for (
      let last = receiveMessageOnPort(this.#line);
      last;
      last = receiveMessageOnPort(this.#line)
    ) {
      const message: FromRunner = last.message
      if (message.type === 'notice') this.#call(message)
    }
    this.#isLost = true
    this.#line.close()
    for (const place of this.#places.splice(0)) this.#ports.quota.release(...place)
    for (const { reject } of this.#inquiries.values()) {
      reject(new Error(`The runner ${this.name} ended before it answered`))
    }
    this.#inquiries.clear()
  }

  #tell(message: ToRunner): void {
    this.#line.postMessage(message)
  }

  #take(message: FromRunner): void {
    this.lastSign = Date.now()
    switch (message.type) {
      case 'ready':
        this.isReady = true
        this.wasReady = true
        return this.#events.onReady(this)
      case 'alive':
        return this.#events.onAlive(this)
      case 'progress':
        return this.#events.onProgress(message)
      case 'log':
        return this.#events.onLog(message)
      case 'request':
        return this.#begin(message)
      case 'notice':
        return void this.#call(message)
      case 'told':
        return
      case 'answered':
        return this.#inquiry(message.id)?.resolve(message.value as never)
      case 'refused':
        return this.#inquiry(message.id)?.reject(fromWire(message.error))
      case 'finished':
      case 'stopped':
        this.token = null
        this.runsDone += 1
        return this.#events.onRunOver(this, message)
    }
  }

  #inquiry(id: number): Waiting | undefined {
    const waiting = this.#inquiries.get(id)
    this.#inquiries.delete(id)
    return waiting
  }

  #begin(message: Extract<FromRunner, { type: 'request' }>): void {
    const served = this.#serve(message)
    if (message.port !== 'quota') void this.#served.add(served)
  }

  async #serve(message: Extract<FromRunner, { type: 'request' }>): Promise<void> {
    const { id } = message
    try {
      this.#tell({ type: 'answer', id, value: await this.#call(message) })
    } catch (error) {
      this.#tell({ type: 'refuse', id, error: toWire(error) })
    }
  }

  #call({ port, method, args }: Extract<FromRunner, { type: 'request' | 'notice' }>): unknown {
    const door = { ...this.#ports, quota: this.#quota }[port] as unknown as {
      [method: string]: (...given: unknown[]) => unknown
    }
    const call = Object.hasOwn(door, method) ? door[method] : undefined
    if (call === undefined) throw new Error(`There is no port ${port}.${method}`)
    return call(...args)
  }

  readonly #quota: Ports['quota'] = {
    acquire: async (connectionId, lane) => {
      const granted = await this.#ports.quota.acquire(connectionId, lane)
      if (this.#isLost) this.#ports.quota.release(connectionId, lane)
      else this.#places.push([connectionId, lane])
      return granted
    },
    release: (connectionId, lane) => {
      const at = this.#places.findIndex(([id, name]) => id === connectionId && name === lane)
      if (at === -1) return
      this.#places.splice(at, 1)
      this.#ports.quota.release(connectionId, lane)
    },
    spend: (...args) => this.#ports.quota.spend(...args),
    afford: (...args) => this.#ports.quota.afford(...args),
    told: (...args) => this.#ports.quota.told(...args),
    refused: (...args) => this.#ports.quota.refused(...args),
  }
}
