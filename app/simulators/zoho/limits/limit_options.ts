import type { Edition } from './editions.js'

export interface LimitOptions {
  edition: Edition
  /** Licences, by which an edition's credits grow. */
  users: number
  /** Credits of 24 hours; the edition's when null. */
  creditLimit: number | null
  /** Calls at once per app; the edition's when null. */
  concurrencyLimit: number | null
  subConcurrencyLimit: number
  creditsMessage: string
  concurrencyMessage: string
  subConcurrencyMessage: string
  downloadsMessage: string
  chargeFailedCalls: boolean
  /** Price of a list with `cvid`. */
  viewCredits: number
  /** Price of a list with `sort_by`. */
  sortedCredits: number
  bulkReadCredits: number
  bulkWriteCredits: number
  convertCredits: number
  compositeCredits: number
  uploadCredits: number
  pollCredits: number
  downloadCredits: number
}

export const limitDefaults: LimitOptions = {
  edition: 'enterprise',
  users: 50,
  creditLimit: null,
  concurrencyLimit: null,
  subConcurrencyLimit: 10,
  creditsMessage: 'You have exhausted the API credits of the last 24 hours',
  concurrencyMessage: 'You have exceeded the concurrency limit of your edition',
  subConcurrencyMessage: 'You have exceeded the sub-concurrency limit for this API',
  downloadsMessage: 'You have exceeded the downloads of a minute',
  chargeFailedCalls: true,
  viewCredits: 3,
  sortedCredits: 1,
  bulkReadCredits: 50,
  bulkWriteCredits: 500,
  convertCredits: 5,
  compositeCredits: 1,
  uploadCredits: 0,
  pollCredits: 0,
  downloadCredits: 0,
}
