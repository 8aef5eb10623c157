import type { Filter, RecordValues } from '#sdk'
import { fulfils } from '#engine/filter'

/** The vendor behind the hostile connector: honest, and all in memory. */
export class HostileShop {
  readonly things = new Map<number, RecordValues>()
  readonly written = new Map<string, RecordValues>()
  readonly jobs = new Map<string, RecordValues[]>()
  /** What jobs to read have found. */
  readonly snapshots: RecordValues[][] = []
  readonly removals: Array<{ key: string; at: string }> = []
  isLimited = false
  losesReply = false
  #next = 1000

  constructor() {
    for (let at = 0; at < 30; at++) {
      const name = [`Ann`, 'ann', null, 'Bob '][at % 4]
      this.things.set(at, { id: at, name, at: `2026-11-01T10:00:0${at >> 2}Z` })
    }
  }

  sorted(by: 'id' | 'at'): RecordValues[] {
    const things = [...this.things.values()].sort((a, b) => Number(a.id) - Number(b.id))
    return by === 'id' ? things : things.sort((a, b) => (String(a.at) < String(b.at) ? -1 : 1))
  }

  matching(filter: Filter | null, by: 'id' | 'at'): RecordValues[] {
    return this.sorted(by).filter((thing) => filter === null || fulfils(thing, filter))
  }

  write(record: RecordValues): string | null {
    if (typeof record.name !== 'string') return null
    const id = `t${this.#next++}`
    this.written.set(id, record)
    return id
  }

  /** All at the same moment, since a vendor's clock has seconds. */
  remove(some: RecordValues[]): string {
    const at = '2026-11-02T10:00:00Z'
    for (const { id } of some) {
      this.things.delete(Number(id))
      this.removals.push({ key: String(id), at })
    }
    return at
  }

  disturb(read: RecordValues[]): void {
    for (const gone of read.slice(-2)) this.things.delete(Number(gone.id))
    const id = -this.#next++
    this.things.set(id, { id, name: 'late', at: '2026-10-01T00:00:00Z' })
  }
}
