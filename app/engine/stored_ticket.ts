import type { Json } from '#sdk'
import type { JobAccount, PageAccount, Slot } from './account.js'
import { isForced } from './pair.js'

/** A later run knows of no wish to have a record created. */
function forcedOf(slots: Slot[]): number[] {
  return slots.flatMap(({ pair }, index) => (pair !== null && isForced(pair) ? [index] : []))
}

/** A job's ticket, with what a restart must know of its records. */
export function storedTicket(
  ticket: Json,
  before: Json,
  { job, slots, order }: { job: JobAccount; slots: Slot[]; order: number },
  left: Set<PageAccount>
): Json {
  const places = job.origins.map((page, index) => ({ page, index }))
  const ahead = places.filter(({ page }) => page && left.has(page)).map(({ index }) => index)
  const guests = places.filter(({ page }) => page === null).map(({ index }) => index)
  return { ticket, before, ahead, guests, forced: forcedOf(slots), order }
}
