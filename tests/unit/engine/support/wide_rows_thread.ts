import { parentPort, workerData } from 'node:worker_threads'
import type { CallRoute, JobRoute, Page, RecordOutcome, StreamAccess, WriteBatch } from '#sdk'
import { noCounters } from '#engine/counters'
import type { Ledger } from '#engine/ledger'
import { sync } from '#engine/sync'
import { definition, makeInput, stream } from './make_input.js'

interface Task {
  by: 'call' | 'job'
  rows: number
  letters: number
}

const { by, rows, letters } = workerData as Task
const SOURCE = stream('notes', [
  { name: 'id', type: 'integer', nullable: false },
  { name: 'note', type: 'text' },
])
const TARGET = stream('Notes', [
  { name: 'Ref', type: 'text', unique: true },
  { name: 'Note', type: 'text' },
])
const PAGE = 200

/** Each text is one of its own. */
const noteOf = (id: number) => String(id).padEnd(letters, ` is the number ${id}.`)

const source: StreamAccess = {
  read: async function* () {
    for (let from = 0; from < rows; from += PAGE) {
      await new Promise(setImmediate)
      const records = Array.from({ length: PAGE }, (_, at) => ({
        id: from + at,
        note: noteOf(from + at),
      }))
      yield { records, cursor: from + PAGE } satisfies Page
    }
  },
}

const wrong: number[] = []
/** Records of each job. */
const jobs: number[] = []

function written({ records }: WriteBatch): RecordOutcome[] {
  return records.map(({ Ref, Note }, index) => {
    if (Note !== noteOf(Number(Ref))) wrong.push(index)
    return { index, state: 'created', id: `id ${Ref}` }
  })
}

const common = {
  operations: ['upsert' as const],
  idempotent: ['upsert' as const],
  concurrency: 2,
  cost: () => 500,
}

const job: JobRoute = {
  ...common,
  kind: 'job',
  name: 'job',
  maxRecords: 25_000,
  submit: (_ctx, batch) => Promise.resolve(jobs.push(written(batch).length)),
  collect: (_ctx, _ticket, batch) => Promise.resolve({ state: 'done', outcomes: written(batch) }),
}

const call: CallRoute = {
  ...common,
  kind: 'call',
  name: 'call',
  maxRecords: 100,
  send: async (_ctx, batch) => {
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
    return written(batch)
  },
}

/** It keeps nothing: what is held is what the engine holds. */
const ledger: Ledger = {
  open: () => Promise.resolve({ cursor: null, counters: noCounters(), jobs: [] }),
  match: (keys) => Promise.resolve(keys.map(() => ({ link: null, owner: null, isNew: true }))),
  intend: () => Promise.resolve(),
  settle: () => Promise.resolve(),
}

const input = makeInput({ source, routes: [by === 'job' ? job : call], ledger })
const { counters } = await sync({
  ...input,
  definition: {
    ...definition('upsert'),
    mapping: [
      { to: 'Ref', from: 'id', as: 'text' },
      { to: 'Note', from: 'note' },
    ],
  },
  source: { ...input.source, stream: SOURCE },
  target: { ...input.target, stream: TARGET },
})
parentPort?.postMessage({ created: counters.created, wrong: wrong.length, jobs })
