import { BookFault } from './book_fault.js'
import type { BookOptions } from './book_options.js'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const block =
  'For security reasons your organization has been blocked as it have exceeded the maximum number of requests per minute that can originate from an organization.'
const inProcess =
  'You have reached the maximum number of in process requests allowed. Kindly try again after some time.'

/** What an organization may ask of Books: by minute, by day and at once. */
export class BookLimits {
  #calls: number[] = []
  #running = 0

  constructor(readonly options: BookOptions) {}

  async run<Result>(now: number, work: () => Promise<Result>): Promise<Result> {
    const { booksPerMinute, booksPerDay, booksConcurrency } = this.options
    if (this.#running >= booksConcurrency) throw new BookFault(429, 1070, inProcess)
    this.#calls = this.#calls.filter((at) => at > now - DAY)
    if (this.#calls.length >= booksPerDay) {
      const text = `The API call for this organization has exceeded the maximum call rate limit of ${booksPerDay}.`
      throw new BookFault(429, 45, text)
    }
    const recent = this.#calls.filter((at) => at > now - MINUTE)
    if (recent.length >= booksPerMinute) throw new BookFault(429, 44, block)
    this.#calls.push(now)
    this.#running += 1
    try {
      return await work()
    } finally {
      this.#running -= 1
    }
  }
}
