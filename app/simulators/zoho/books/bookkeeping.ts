import type { SimulatedOrg } from '../simulated_org.js'
import { BookLimits } from './book_limits.js'

export type BookRecord = Record<string, unknown>

/** What one organization keeps in Books, by the path of each kind. */
export class Bookkeeping {
  readonly limits: BookLimits
  #shelves = new Map<string, Map<string, BookRecord>>()

  constructor(readonly org: SimulatedOrg) {
    this.limits = new BookLimits(org.options)
  }

  /** Not the number by which CRM knows the company. */
  get organizationId() {
    return `8${this.org.zgid.slice(0, 8)}`
  }

  shelf(path: string) {
    const shelf = this.#shelves.get(path) ?? new Map<string, BookRecord>()
    this.#shelves.set(path, shelf)
    return shelf
  }
}

const kept = new WeakMap<SimulatedOrg, Bookkeeping>()

/** The books of an org, new with each new org. */
export function booksOf(org: SimulatedOrg) {
  const books = kept.get(org) ?? new Bookkeeping(org)
  kept.set(org, books)
  return books
}
