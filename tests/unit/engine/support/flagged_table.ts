import type { FlagBatch, FlagOutcome, Json, RecordValues, StreamAccess } from '#sdk'
import type { ReadQuery, StreamDescription } from '#sdk'
import { fulfils } from '#engine/filter'
import { ORDERS } from './make_input.js'

export const FLAGGED_ORDERS: StreamDescription = {
  ...ORDERS,
  fields: [...ORDERS.fields, { name: 'done', type: 'boolean' }],
  pushdown: ['!='],
}

/** A table whose rows can be edited and flagged at any moment, read by its key. */
export class FlaggedTable {
  readonly rows = new Map<number, RecordValues>()
  /** What happens before a batch is flagged, and after it. */
  before: () => void = () => undefined
  after: () => void = () => undefined
  /** What happens before a page is read. */
  reading: () => void = () => undefined
  /** Told of each row whose flag is being set. */
  setting: (row: RecordValues) => void = () => undefined
  batches: FlagBatch[] = []
  pageSize: () => number = () => 1_000
  maxRecords = 10

  constructor(records: RecordValues[]) {
    for (const record of records) this.rows.set(Number(record.id), { ...record, done: false })
  }

  /** As the owner of the table does it: what was edited is to be read again. */
  edit(id: number, name: string): void {
    this.rows.set(id, { ...this.rows.get(id), name, done: false })
  }

  get flagged(): number[] {
    return [...this.rows.values()].filter(({ done }) => done).map(({ id }) => Number(id))
  }

  get access(): StreamAccess {
    return {
      read: (_ctx, _stream, query) => this.#pages(query),
      flagging: { maxRecords: this.maxRecords, flag: (_ctx, batch) => this.#flag(batch) },
    }
  }

  async *#pages({ cursor, fields, filter }: ReadQuery) {
    for (let last = Number(cursor ?? 0); ;) {
      await new Promise(setImmediate)
      this.reading()
      const size = this.pageSize()
      const rows = [...this.rows.values()]
        .filter((row) => Number(row.id) > last && (filter === null || fulfils(row, filter)))
        .sort((a, b) => Number(a.id) - Number(b.id))
        .slice(0, size)
      if (rows.length === 0) return
      last = Number(rows.at(-1)?.id)
      yield { records: rows.map((row) => only(row, fields)), cursor: last as Json }
    }
  }

  async #flag(batch: FlagBatch): Promise<FlagOutcome[]> {
    await new Promise(setImmediate)
    if (batch.records.some(({ id }) => id === undefined))
      throw new Error('A record without its key')
    this.batches.push(batch)
    this.before()
    const outcomes = batch.records.map((read) => this.#flagOne(read, batch))
    this.after()
    return outcomes
  }

  #flagOne(read: RecordValues, { field, value }: FlagBatch): FlagOutcome {
    const row = this.rows.get(Number(read.id))
    if (row === undefined) return 'gone'
    const isSame = Object.keys(read).every((name) => name === field || read[name] === row[name])
    if (!isSame) return 'changed'
    if (value === true) this.setting(row)
    row[field] = value
    return 'flagged'
  }
}

function only(row: RecordValues, fields: string[]): RecordValues {
  return Object.fromEntries(fields.map((field) => [field, row[field] ?? null]))
}
