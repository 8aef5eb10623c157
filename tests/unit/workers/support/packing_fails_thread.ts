import { syncBuiltinESMExports } from 'node:module'
import { parentPort } from 'node:worker_threads'
import zlib from 'node:zlib'
import { draftOf, LEASE, storedJobs, submitted } from './stored_jobs.js'

/** As where no memory is left. */
zlib.zstdCompress = Object.assign((...given: unknown[]) => {
  const answer = given.at(-1) as (error: Error) => void
  setImmediate(answer, new Error('No memory to pack in'))
}, zlib.zstdCompress)
syncBuiltinESMExports()

// Those that pack take what packs when they are loaded.
const { LedgerClient } = await import('#workers/ledger_client')
const { jobs, port } = storedJobs()
const ledger = new LedgerClient(LEASE, port)
const drafts = [draftOf({ Ref: 'R1' })]
ledger.prepare(drafts)
for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
const told = await ledger.settle(submitted(drafts)).catch(String)
parentPort?.postMessage({ told, stored: jobs.length })
