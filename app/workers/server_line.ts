import type { MessagePort } from 'node:worker_threads'
import { Spending } from './spending.js'
import { fromWire } from './wire_error.js'
import type { FromRunner, Ports, ToRunner, WireError } from './messages.js'

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
}

/** A thread's line to the server: it asks through ports and is told what to do. */
export class ServerLine {
  readonly #port: MessagePort
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0
  readonly #spending = new Spending({
    spend: (...args) => this.#notify('quota', 'spend', args),
    told: (...args) => this.#notify('quota', 'told', args),
  })
  readonly ports: Ports

  constructor(port: MessagePort) {
    this.#port = port
    this.ports = {
      ledger: this.#portProxy('ledger'),
      requests: this.#portProxy('requests'),
      token: this.#portProxy('token'),
      quota: {
        acquire: this.#portProxy<'quota'>('quota').acquire,
        release: (...args) => this.#notify('quota', 'release', args),
        spend: this.#spending.spend,
        afford: this.#portProxy<'quota'>('quota').afford,
        told: this.#spending.told,
        refused: (...args) => this.#notify('quota', 'refused', args),
      },
    }
  }

  listen(onOrder: (order: Exclude<ToRunner, { type: 'answer' | 'refuse' }>) => void): void {
    this.#port.on('message', (message: ToRunner) => {
      if (message.type === 'answer') this.#take(message.id)?.resolve(message.value)
      else if (message.type === 'refuse') this.#refuse(message.id, message.error)
      else onOrder(message)
      if (message.type === 'farewell') this.#part()
    })
  }

  tell(message: FromRunner): void {
    this.#spending.flush()
    this.#port.postMessage(message)
  }

  #part(): void {
    this.#spending.close()
    this.tell({ type: 'told' })
  }

  #refuse(id: number, error: WireError): void {
    this.#take(id)?.reject(fromWire(error))
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    return waiting
  }

  #ask(port: keyof Ports, method: string, args: unknown[]): Promise<unknown> {
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.tell({ type: 'request', id, port, method, args })
    })
  }

  #notify(port: keyof Ports, method: string, args: unknown[]): void {
    this.tell({ type: 'notice', port, method, args })
  }

  #portProxy<Name extends keyof Ports>(port: Name): Ports[Name] {
    return new Proxy({} as Ports[Name], {
      get:
        (_target, method) =>
        (...args: unknown[]) =>
          this.#ask(port, String(method), args),
    })
  }
}
