import { addCounters, noCounters, type Counters } from '#engine/counters'
import type {
  Checkpoint,
  Fault,
  Ledger,
  Link,
  LinkRows,
  Matched,
  OpenJob,
  Settlement,
} from '#engine/ledger'
import { BEHIND, LeaseLost } from '#engine/ledger'
import type { Json } from '#sdk'

export class Crash extends Error {
  override name = 'Crash'
}

/** Says before each call whether the process dies, and whether the call was stored by then. */
export type Doom = (call: string) => 'before' | 'after' | null

type StoredLink = Link & { match: string | null }

/** A job is stored as it was sent, by its JSON: what the source held is not kept. */
function storedForm({ job, ...settlement }: Settlement): Settlement {
  const stored: Settlement = structuredClone(settlement)
  if (job === undefined) return stored
  const drafts = job.drafts.map(({ key, json, hash, match, targetId }) => {
    return { key, source: {}, target: JSON.parse(json), json, hash, match, targetId }
  })
  return { ...stored, job: { ...structuredClone({ ...job, drafts: [] }), drafts } }
}

/** What a database would hold: it outlives crashes, and stores a settlement wholly or not at all. */
export class MemoryLedger implements Ledger {
  cursor: Json = null
  counters: Counters = noCounters()
  ahead = 0
  plannedAgain = 0
  readonly links = new Map<string, StoredLink>()
  readonly owners = new Map<string, Set<string>>()
  readonly jobs = new Map<string, OpenJob>()
  readonly letters = new Map<string, Fault>()
  readonly settlements: Settlement[] = []
  /** What was asked for since it was opened. */
  readonly #askedKeys = new Set<string>()
  readonly #askedMatches = new Set<string>()
  #lease = 0
  doom: Doom = () => null

  open(): Promise<Checkpoint> {
    this.#askedKeys.clear()
    this.#askedMatches.clear()
    const carried = [...this.jobs.values()].flatMap((job) => job.drafts)
    for (const { key, match } of carried) this.#asks(key, match)
    return this.#call('open', () => ({
      cursor: this.cursor,
      counters: this.counters,
      // In no order.
      jobs: structuredClone([...this.jobs.values()].reverse()),
      ahead: this.ahead,
      plannedAgain: this.plannedAgain,
    }))
  }

  match(keys: string[], matches: Array<string | null>): Promise<Matched[]> {
    return this.#call('match', () =>
      keys.map((key, index) => {
        const link = this.links.get(key) ?? null
        const match = matches[index]
        const owners = match === null ? [] : [...(this.owners.get(match) ?? [])]
        const owner = owners.find((each) => each !== key) ?? null
        const isAsked = this.#asks(key, match)
        return { link, owner, isNew: !isAsked && link === null && owners.length === 0 }
      })
    )
  }

  #asks(key: string, match: string | null): boolean {
    const isAsked = this.#askedKeys.has(key) || (match !== null && this.#askedMatches.has(match))
    this.#askedKeys.add(key)
    if (match !== null) this.#askedMatches.add(match)
    return isAsked
  }

  intend(links: LinkRows): Promise<void> {
    return this.#call('intend', () => this.#write(links))
  }

  settle(settlement: Settlement): Promise<void> {
    return this.#call('settle', () => {
      const stored = storedForm(settlement)
      this.settlements.push(stored)
      if (stored.cursor !== undefined) this.cursor = stored.cursor
      this.counters = addCounters(this.counters, stored.counters)
      this.ahead += stored.ahead ?? 0
      this.plannedAgain += stored.plannedAgain ?? 0
      this.#write(stored.links)
      for (const fault of stored.faults) {
        this.letters.set(fault.key, fault)
        const link = this.links.get(fault.key)
        if (link) link.fault = JSON.stringify(fault)
      }
      for (const key of stored.healed) this.letters.delete(key)
      if (stored.job) this.jobs.set(stored.job.id, stored.job)
      if (stored.finishedJob) this.jobs.delete(stored.finishedJob)
    })
  }

  /** The ledger as one attempt sees it: fenced off once there is another. */
  lease(): Ledger {
    const lease = ++this.#lease
    const fenced = <T>(work: () => Promise<T>): Promise<T> =>
      lease === this.#lease ? work() : Promise.reject(new LeaseLost())
    return {
      open: () => fenced(() => this.open()),
      match: (keys, matches) => fenced(() => this.match(keys, matches)),
      intend: (links) => fenced(() => this.intend(links)),
      settle: (settlement) => fenced(() => this.settle(settlement)),
    }
  }

  /** A new run of the same service: links stay, the cursor begins again. */
  newRun(): void {
    this.cursor = null
    this.counters = noCounters()
    this.ahead = 0
    this.plannedAgain = 0
    this.settlements.length = 0
    for (const job of this.jobs.values()) job.isOfEarlierRun = true
  }

  async #call<T>(name: string, work: () => T): Promise<T> {
    const fate = this.doom(name)
    if (fate === 'before') throw new Crash(name)
    await Promise.resolve()
    const result = work()
    if (fate === 'after') throw new Crash(name)
    return result
  }

  #write(links: LinkRows): void {
    if (new Set(links.keys).size !== links.keys.length) throw new Error('A key twice in one call')
    for (const [index, key] of links.keys.entries()) {
      const match = links.matches[index]
      const isGone =
        links.states[index] === 'deleted' || String(links.hashes[index]).startsWith(BEHIND)
      this.owners.get(this.links.get(key)?.match ?? '')?.delete(key)
      if (match !== null) {
        const owners = this.owners.get(match) ?? new Set()
        this.owners.set(match, owners.add(key))
      }
      this.links.set(key, {
        targetId: isGone ? null : (links.targetIds[index] ?? this.links.get(key)?.targetId ?? null),
        hash: links.hashes[index],
        state: links.states[index],
        fault: null,
        match,
      })
    }
  }
}
