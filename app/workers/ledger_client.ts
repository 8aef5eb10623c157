import type { Draft } from '#engine/draft'
import { sizeOf } from '#engine/packed_draft'
import type { Ledger, LinkRows, Matched } from '#engine/ledger'
import { ConnectorError } from '#sdk'
import { FreshFilter } from './fresh_filter.js'
import { packDrafts, unpackDrafts } from './manifest.js'
import { matchKey } from './match_key.js'
import type { Lease, Ports } from './messages.js'
import { packLinks, type WireLinks } from './wire_links.js'

const NOTHING_KNOWN: Matched = Object.freeze({ link: null, owner: null })
const NEW: Matched = Object.freeze({ ...NOTHING_KNOWN, isNew: true })
const [AS_KEY, AS_MATCH] = [1, 2]
const LONGEST_KEY = 255
/** Letters of JSON beyond which a job's records are packed once its file is made and sent. */
const MOST_EARLY = 16 * 1024 * 1024

/** The engine's ledger, as a runner thread has it: what it cannot know itself it asks the server. */
export class LedgerClient implements Ledger {
  readonly #lease: Lease
  readonly #port: Ports['ledger']
  /** What this run has asked about, where the service knew nothing before it. */
  #seen: FreshFilter | null = null
  readonly #packed = new WeakMap<Draft[], Promise<Uint8Array>>()

  constructor(lease: Lease, port: Ports['ledger']) {
    this.#lease = lease
    this.#port = port
  }

  async open() {
    const { jobs, isFresh, ...checkpoint } = await this.#port.open(this.#lease)
    this.#seen = isFresh && jobs.length === 0 ? new FreshFilter() : null
    return {
      ...checkpoint,
      jobs: await Promise.all(
        jobs.map(async ({ manifest, ...job }) => ({ ...job, drafts: await unpackDrafts(manifest) }))
      ),
    }
  }

  async match(keys: string[], matches: Array<string | null>): Promise<Matched[]> {
    const long = keys.find(isTooLong)
    if (long !== undefined) throw keyTooLong(long)
    const stored = matches.map(storableMatch)
    if (this.#seen === null) return this.#port.match(this.#lease, keys, stored)
    const asked = seenBefore(this.#seen, keys, stored)
    const known = new Array<Matched>(keys.length).fill(NEW)
    if (asked.length === 0) return known
    const answers = await this.#ask(asked, keys, stored)
    for (const [at, index] of asked.entries()) known[index] = answers[at] ?? NOTHING_KNOWN
    return known
  }

  intend(links: LinkRows): Promise<void> {
    return this.#port.intend(this.#lease, storable(links))
  }

  /** Packing them takes little time of this thread, which has the job's file to make meanwhile. */
  prepare(drafts: Draft[]): void {
    if (drafts.reduce((sum, draft) => sum + sizeOf({ draft }), 0) > MOST_EARLY) return
    const packed = packDrafts(drafts)
    // Whoever settles gets the error; a job that is never submitted has nobody who does.
    packed.catch(() => undefined)
    this.#packed.set(drafts, packed)
  }

  async settle({ job, ...settlement }: Parameters<Ledger['settle']>[0]): Promise<void> {
    const stored = { ...settlement, links: storable(settlement.links) }
    if (job === undefined) return this.#port.settle(this.#lease, stored)
    const { drafts, ...rest } = job
    const manifest = await (this.#packed.get(drafts) ?? packDrafts(drafts))
    return this.#port.settle(this.#lease, {
      ...stored,
      job: { ...rest, records: drafts.length, manifest },
    })
  }

  async #ask(indexes: number[], keys: string[], matches: Array<string | null>) {
    return this.#port.match(
      this.#lease,
      indexes.map((index) => String(keys[index])),
      indexes.map((index) => matches[index] ?? null)
    )
  }
}

/** The places of those that this run may have asked about. */
function seenBefore(seen: FreshFilter, keys: string[], matches: Array<string | null>): number[] {
  const asked: number[] = []
  let index = 0
  for (const key of keys) {
    const match = matches[index]
    const sawKey = seen.sawBefore(key, AS_KEY)
    const sawMatch = match !== null && seen.sawBefore(match, AS_MATCH)
    if (sawKey || sawMatch) asked.push(index)
    index++
  }
  return asked
}

const isTooLong = (key: string) => key.length > LONGEST_KEY
/** Here once: V8 drops the machine code of a function made anew for each page with each sweep of the heap. */
const storableMatch = (match: string | null) => matchKey(match)

function storable(links: LinkRows): WireLinks {
  return packLinks({ ...links, matches: links.matches.map(storableMatch) })
}

function keyTooLong(key: string): ConnectorError {
  return new ConnectorError(
    'config',
    `A record's key is longer than ${LONGEST_KEY} characters (it begins with "${key.slice(0, 60)}"): choose a shorter key field for the source stream`
  )
}
