import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { test } from '@japa/runner'
import type { Draft } from '#engine/draft'
import { LedgerClient } from '#workers/ledger_client'
import { unpackDrafts } from '#workers/manifest'
import { draftOf, LEASE, storedJobs, submitted } from './support/stored_jobs.js'

const LOADER = import.meta.resolve('@poppinss/ts-exec')
const FAR_TOO_LONG = 'x'.repeat(16 * 1024 * 1024)

/** What is stored of a job whose record changes between its preparation and its settlement. */
async function storedOf(note: string, prepare: (ledger: LedgerClient, drafts: Draft[]) => void) {
  const { jobs, port } = storedJobs()
  const ledger = new LedgerClient(LEASE, port)
  const drafts = [draftOf({ Note: note })]
  prepare(ledger, drafts)
  drafts[0].json = '{"Note":"as it was settled"}'
  await ledger.settle(submitted(drafts))
  const [job] = jobs
  const stored = await unpackDrafts(job?.manifest ?? new Uint8Array())
  return { records: job?.records, notes: stored.map(({ target }) => target.Note) }
}

test.group('The records of a job that is submitted', () => {
  test('are packed when it is prepared, and not again', async ({ assert }) => {
    const stored = await storedOf('as it was prepared', (ledger, drafts) => ledger.prepare(drafts))
    assert.deepEqual(stored, { records: 1, notes: ['as it was prepared'] })
  })

  test('are packed when it is settled where nobody prepared these', async ({ assert }) => {
    const unprepared = await storedOf('as it was', () => undefined)
    assert.deepEqual(unprepared, { records: 1, notes: ['as it was settled'] })
    const others = await storedOf('as it was', (ledger, drafts) => ledger.prepare([...drafts]))
    assert.deepEqual(others, { records: 1, notes: ['as it was settled'] })
  })

  test('are packed when it is settled where they are long', async ({ assert }) => {
    const stored = await storedOf(FAR_TOO_LONG, (ledger, drafts) => ledger.prepare(drafts))
    assert.deepEqual(stored, { records: 1, notes: ['as it was settled'] })
  })

  test('fail whoever settles them where they cannot be packed, and nobody before', async ({
    assert,
  }) => {
    const worker = new Worker(new URL('support/packing_fails_thread.ts', import.meta.url), {
      execArgv: [`--import=${LOADER}`, '--no-warnings'],
    })
    const [heard] = (await once(worker, 'message')) as [object]
    assert.deepEqual(heard, { told: 'Error: No memory to pack in', stored: 0 })
  })
})
