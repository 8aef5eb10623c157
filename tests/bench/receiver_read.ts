import { zipped } from './receiver_bulk.js'
import { dealColumns } from './map_row.js'

const PAGE = 200_000
const FIRST = 455451000000900000n
const STAGES = ['Qualification', 'Negotiation/Review', 'Closed Won', 'Closed Lost']

/** What bulk reads answer: deals by pages of 200,000, each packed once. */
export class HeldDeals {
  #zips: Buffer[] = []
  #pageOf = new Map<string, number>()
  #count = 0

  get count(): number {
    return this.#count
  }

  async hold(records: number): Promise<void> {
    this.#zips = []
    this.#count = records
    for (let from = 0; from < records; from += PAGE) {
      this.#zips.push(await zipped(pageText(from, Math.min(records, from + PAGE))))
    }
  }

  order(id: string, page: number): void {
    this.#pageOf.set(id, page)
  }

  /** How Zoho shows a finished job; undefined where there is none by this id. */
  show(id: string, created: string): object | undefined {
    const page = this.#pageOf.get(id)
    if (page === undefined) return undefined
    const count = Math.max(0, Math.min(PAGE, this.#count - (page - 1) * PAGE))
    const hasMore = page * PAGE < this.#count
    const url = `/crm/bulk/v8/read/${id}/result`
    const result = { page, per_page: PAGE, count, download_url: url, more_records: hasMore }
    return { id, operation: 'read', state: 'COMPLETED', created_time: created, result }
  }

  zip(id: string): Buffer | undefined {
    return this.#zips[(this.#pageOf.get(id) ?? 0) - 1]
  }
}

function pageText(from: number, to: number): string {
  const lines = [`Id,${dealColumns.join(',')}`]
  for (let at = from; at < to; at += 1) lines.push(line(at))
  return `${lines.join('\n')}\n`
}

function line(at: number): string {
  const day = String((at % 28) + 1).padStart(2, '0')
  return [
    FIRST + BigInt(at),
    `SO-${at}`,
    `"Customer ${at % 977}, order #${at}"`,
    `${at % 5000}.25`,
    `2026-11-${day}`,
    STAGES[at % STAGES.length],
    `customer${at}@example.com`,
    `+49 30 ${at}`,
    'Berlin',
    'Germany',
    (at % 9) + 1,
    at % 5 === 0,
    `"Left at the ""back"" door, ${at}"`,
  ].join(',')
}
