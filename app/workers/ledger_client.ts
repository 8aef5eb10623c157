import { promisify } from 'node:util'
import { deflate, inflate } from 'node:zlib'
import type { Draft } from '#engine/draft'
import type { Ledger } from '#engine/ledger'
import type { Lease, Ports } from './messages.js'

const pack = promisify<Buffer, { level: number }, Buffer>(deflate)
const unpack = promisify<Uint8Array, Buffer>(inflate)

async function packDrafts(drafts: Draft[]): Promise<Uint8Array> {
  return pack(Buffer.from(JSON.stringify(drafts)), { level: 1 })
}

async function unpackDrafts(manifest: Uint8Array): Promise<Draft[]> {
  const bytes = await unpack(manifest)
  return JSON.parse(bytes.toString())
}

/** The engine's ledger, as a runner thread has it: each call is a question to the server. */
export function ledgerClient(lease: Lease, port: Ports['ledger']): Ledger {
  return {
    async open() {
      const { jobs, ...checkpoint } = await port.open(lease)
      return {
        ...checkpoint,
        jobs: await Promise.all(
          jobs.map(async ({ manifest, ...job }) => ({
            ...job,
            drafts: await unpackDrafts(manifest),
          }))
        ),
      }
    },
    match: (keys, matches) => port.match(lease, keys, matches),
    intend: (links) => port.intend(lease, links),
    async settle({ job, ...settlement }) {
      if (job === undefined) return port.settle(lease, settlement)
      const { drafts, ...rest } = job
      const manifest = await packDrafts(drafts)
      return port.settle(lease, {
        ...settlement,
        job: { ...rest, records: drafts.length, manifest },
      })
    },
  }
}
