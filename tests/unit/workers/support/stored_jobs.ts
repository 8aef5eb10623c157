import type { Draft } from '#engine/draft'
import { noCounters } from '#engine/counters'
import type { Settlement } from '#engine/ledger'
import type { Lease, Ports, WireSettlement } from '#workers/messages'

export const LEASE: Lease = { serviceId: 'service', runId: 'run', token: 'token' }

/** A server that keeps the jobs it is told to store. */
export function storedJobs() {
  const jobs: Array<WireSettlement['job']> = []
  const port: Ports['ledger'] = {
    open: async () => ({ isFresh: true, cursor: null, counters: noCounters(), jobs: [] }),
    begin: async () => undefined,
    match: async (_lease, keys) => keys.map(() => ({ link: null, owner: null })),
    intend: async () => undefined,
    settle: async (_lease, { job }) => void jobs.push(job),
  }
  return { jobs, port }
}

export function draftOf(target: { [field: string]: string }): Draft {
  const named = { key: '1', hash: 'hash', match: null, targetId: null }
  return { ...named, source: {}, target, json: JSON.stringify(target) }
}

/** A job with these very drafts was submitted. */
export function submitted(drafts: Draft[]): Settlement {
  return {
    counters: noCounters(),
    links: { keys: [], matches: [], targetIds: [], hashes: [], states: [] },
    ...{ faults: [], healed: [], batches: [] },
    job: { id: 'job', route: 'bulk_write', ticket: 'ticket', drafts },
  }
}
