import type { Json } from '#sdk'
import type { JobAccount, PageAccount, Slot } from './account.js'
import { isForced } from './pair.js'

/** A later run knows of no wish to have a record created. */
function forcedOf(slots: Slot[]): number[] {
  return slots.flatMap(({ pair }, index) => (pair !== null && isForced(pair) ? [index] : []))
}

/** Records of the source up to the last that the job carries. */
function reachOf(left: PageAccount[], { lastPage }: JobAccount): number {
  const pages = left.filter(({ sequence }) => sequence <= lastPage)
  return pages.reduce((sum, { read }) => sum + read, 0)
}

/** A job's ticket, with what a restart must know of its records. */
export function storedTicket(
  ticket: Json,
  before: Json,
  { job, slots, order }: { job: JobAccount; slots: Slot[]; order: number },
  leftPages: PageAccount[]
): Json {
  const left = new Set(leftPages)
  const places = job.origins.map((page, index) => ({ page, index }))
  const ahead = places.filter(({ page }) => page && left.has(page)).map(({ index }) => index)
  const guests = places.filter(({ page }) => page === null).map(({ index }) => index)
  const reach = reachOf(leftPages, job)
  return { ticket, before, ahead, guests, forced: forcedOf(slots), order, reach }
}
