import {
  ConnectorError,
  type CallRoute,
  type JobRoute,
  type RecordOutcome,
  type RecordValues,
  type Search,
  type StreamAccess,
  type WriteBatch,
} from '#sdk'
import { GOOD_LUCK, type Misfortune } from './memory_target.js'

/** A target in which nothing is unique: what is put in twice is there twice. */
export class SearchedTarget {
  readonly records = new Map<string, RecordValues>()
  readonly calls: string[] = []
  readonly #jobs = new Map<string, RecordOutcome[]>()
  luck: Misfortune = GOOD_LUCK
  #made = 0

  hold(...records: RecordValues[]): string[] {
    return records.map((record) => {
      const id = `id ${++this.#made}`
      this.records.set(id, { Created: at(this.#made), ...record })
      return id
    })
  }

  call(operation: 'insert' | 'update'): CallRoute {
    const idempotent = operation === 'update' ? [operation] : []
    return {
      ...{ kind: 'call', name: operation, operations: [operation], idempotent },
      ...{ maxRecords: 7, concurrency: 3, cost: () => 1 },
      send: async (_ctx, batch) => {
        const isLost = await this.#fate()
        this.calls.push(`${operation} ${batch.records.length}`)
        const outcomes = this.#write(batch)
        if (isLost) throw lost()
        return outcomes
      },
    }
  }

  job(): JobRoute {
    return {
      ...{ kind: 'job', name: 'bulk', operations: ['insert', 'update'], idempotent: ['update'] },
      ...{ maxRecords: 23, concurrency: 2, cost: () => 2 },
      submit: async (_ctx, batch) => {
        const isLost = await this.#fate()
        const ticket = `job ${this.#jobs.size}`
        this.#jobs.set(ticket, this.#write(batch))
        if (isLost) throw lost()
        return ticket
      },
      collect: async (_ctx, ticket) => {
        await new Promise(setImmediate)
        if (this.luck.job() === 'pending') return { state: 'pending', pollAfter: 5_000 }
        return { state: 'done', outcomes: this.#jobs.get(String(ticket)) ?? [] }
      },
    }
  }

  /** Finds what contains a value, as poor searches do: the engine must compare once more. */
  get access(): StreamAccess {
    const search: Search = {
      ...{ maxRecords: 5, concurrency: 2, cost: () => 1, refuses: () => null },
      created: () => 'Created',
      find: async (_ctx, { fields, records }) => {
        await new Promise(setImmediate)
        this.calls.push(`search ${fields.join(' ')} ${records.length}`)
        const isLike = (held: RecordValues, asked: RecordValues): boolean =>
          fields.every((field) => text(held[field]).includes(text(asked[field])))
        return [...this.records]
          .filter(([, held]) => records.some((asked) => isLike(held, asked)))
          .map(([id, values]) => ({ id, values }))
      },
    }
    const records = this.records
    return {
      search,
      async *read() {
        yield { records: [...records].map(([id, values]) => ({ id, ...values })), cursor: 1 }
      },
    }
  }

  async #fate(): Promise<boolean> {
    await new Promise(setImmediate)
    const mishap = this.luck.call()
    if (mishap === 'rate-limited') throw new ConnectorError('rate_limited', 'Too many requests')
    if (mishap === 'transient') throw new ConnectorError('transient', 'Bad gateway')
    if (mishap === 'lost-before') throw lost()
    return mishap === 'lost-after'
  }

  #write(batch: WriteBatch): RecordOutcome[] {
    return batch.records.flatMap((record, index): RecordOutcome[] => {
      const fate = this.luck.record(record)
      if (fate === 'reject') return [{ index, state: 'rejected', code: 'INVALID', message: 'No' }]
      if (fate === 'fail') return [{ index, state: 'failed', code: 'BUSY', message: 'Later' }]
      const known = batch.ids[index]
      if (batch.operation === 'update' && known === null) throw new Error('An update without an id')
      const id = known ?? this.hold(record)[0]
      this.records.set(id, { ...this.records.get(id), ...record })
      if (fate === 'silent') return []
      return [{ index, state: known === null ? 'created' : 'updated', id }]
    })
  }
}

function text(value: unknown): string {
  return String(value ?? '')
    .trim()
    .toLowerCase()
}

function at(day: number): string {
  return new Date(Date.UTC(2020, 0, day)).toISOString()
}

function lost(): ConnectorError {
  return new ConnectorError('transient', 'No reply', { delivered: 'unknown' })
}
