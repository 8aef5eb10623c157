import {
  ConnectorError,
  type CallRoute,
  type JobRoute,
  type Lookup,
  type Operation,
  type RecordOutcome,
  type RecordValues,
  type WriteBatch,
} from '#sdk'

/** What the target does to a call, besides what was asked. */
export type Mishap = 'none' | 'lost-before' | 'lost-after' | 'rate-limited' | 'transient'

export interface Misfortune {
  call(): Mishap
  /** What happens to one record of a call. */
  record(record: RecordValues): 'ok' | 'reject' | 'fail' | 'silent'
  job(): 'ok' | 'lose' | 'lost-after' | 'pending' | 'transient' | 'rate-limited'
}

export const GOOD_LUCK: Misfortune = {
  call: () => 'none',
  record: () => 'ok',
  job: () => 'ok',
}

/** A target that keeps its records in a list; `unique` is the field it upserts by. */
export class MemoryTarget {
  readonly records = new Map<string, RecordValues>()
  readonly calls: Array<{ route: string; records: number }> = []
  readonly writes: string[] = []
  readonly #jobs = new Map<string, RecordOutcome[]>()
  readonly #ids = new Map<string, string>()
  #made = 0
  credits = 0
  luck: Misfortune = GOOD_LUCK
  isCertain = true

  constructor(readonly unique: string) {}

  callRoute(operations: Operation[], idempotent: Operation[], maxRecords = 100): CallRoute {
    return {
      kind: 'call',
      name: operations[0],
      operations,
      idempotent,
      maxRecords,
      concurrency: 5,
      cost: (records) => Math.ceil(records / 10),
      send: async (_ctx, batch) => {
        await new Promise(setImmediate)
        const mishap = this.luck.call()
        if (mishap === 'rate-limited') throw new ConnectorError('rate_limited', 'Too many requests')
        if (mishap === 'transient') throw new ConnectorError('transient', 'Bad gateway')
        if (mishap === 'lost-before') throw lost()
        this.credits += Math.ceil(batch.records.length / 10)
        this.calls.push({ route: operations[0], records: batch.records.length })
        const outcomes = this.#write(batch)
        if (mishap === 'lost-after') throw lost()
        return outcomes
      },
    }
  }

  jobRoute(operations: Operation[], idempotent: Operation[], maxRecords = 25_000): JobRoute {
    return {
      kind: 'job',
      name: 'bulk_write',
      operations,
      idempotent,
      maxRecords,
      concurrency: 5,
      cost: () => 500,
      submit: async (_ctx, batch) => {
        await new Promise(setImmediate)
        const mishap = this.luck.call()
        if (mishap === 'rate-limited') throw new ConnectorError('rate_limited', 'Too many requests')
        if (mishap === 'lost-before') throw lost()
        this.credits += 500
        this.calls.push({ route: 'bulk_write', records: batch.records.length })
        const ticket = `job ${this.#jobs.size}`
        this.#jobs.set(ticket, this.#write(batch))
        if (mishap === 'lost-after') throw lost()
        return ticket
      },
      collect: async (_ctx, ticket, batch) => {
        await new Promise(setImmediate)
        const fate = this.luck.job()
        if (fate === 'pending') return { state: 'pending', pollAfter: 5_000 }
        if (fate === 'transient') throw new ConnectorError('transient', 'Bad gateway')
        if (fate === 'rate-limited') throw new ConnectorError('rate_limited', 'Too many requests')
        if (fate === 'lose') throw new ConnectorError('fatal', 'The job failed')
        const outcomes = this.#jobs.get(String(ticket))
        if (!outcomes || outcomes.some((each) => each.index >= batch.records.length)) {
          throw new Error('Another batch than was submitted')
        }
        return { state: 'done', outcomes }
      },
    }
  }

  readonly lookup: Lookup = async (_ctx, batch) => {
    await new Promise(setImmediate)
    const found = batch.records.flatMap((record, index) => {
      const id = this.#ids.get(String(record[this.unique]).toLowerCase())
      return id === undefined ? [] : [{ index, id }]
    })
    return this.isCertain ? { found, certain: true } : { found: [], certain: false }
  }

  #remove(index: number, known: string | null): RecordOutcome {
    const id = known ?? ''
    const held = this.records.get(id)
    if (!held) return { index, state: 'unchanged', id }
    this.records.delete(id)
    this.#ids.delete(String(held[this.unique]).toLowerCase())
    return { index, state: 'deleted', id }
  }

  #write(batch: WriteBatch): RecordOutcome[] {
    return batch.records.flatMap((record, index): RecordOutcome[] => {
      const fate = this.luck.record(record)
      if (fate === 'reject') return [{ index, state: 'rejected', code: 'INVALID', message: 'No' }]
      if (fate === 'fail') return [{ index, state: 'failed', code: 'BUSY', message: 'Later' }]
      if (batch.operation === 'delete') return [this.#remove(index, batch.ids[index])]
      const value = String(record[this.unique]).toLowerCase()
      const known = batch.operation === 'insert' ? undefined : this.#ids.get(value)
      const id = known ?? `id ${++this.#made}`
      this.records.set(id, record)
      this.#ids.set(value, id)
      this.writes.push(JSON.stringify(record))
      if (fate === 'silent') return []
      return [{ index, state: known === undefined ? 'created' : 'updated', id }]
    })
  }
}

function lost(): ConnectorError {
  return new ConnectorError('transient', 'No reply', { delivered: 'unknown' })
}
