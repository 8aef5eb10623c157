import type { Account, JobAccount, PageAccount } from './account.js'
import { holdsRepeats } from './settlement.js'

/** Records that one settlement holds, unless a single page or job has more. */
const COALESCE = 4_000

/** What is read or under way, and not settled. */
export interface Unsettled {
  /** In the order of the source. */
  pages: PageAccount[]
  jobs: JobAccount[]
  settledPage: number
  isOrdered: boolean
  /** Links stored early would hide that a later record of their key may have been sent. */
  isRepeatable: boolean
}

/** What can be settled at once. */
export interface Ready {
  pages: PageAccount[]
  job: JobAccount | null
  /** The job waits for a page that it shares with the next: only its links can be stored. */
  isEarly: boolean
}

/** A job that is over with the pages it completes, else the links of one, else pages. */
export function nextReady(unsettled: Unsettled): Ready | null {
  let early: JobAccount | null = null
  for (const job of unsettled.jobs) {
    if (!job.isCollected || job.pending > 0 || job.aheadLeft > 0) continue
    if (mustWait(unsettled, job, null)) continue
    const pages = completePages(unsettled, Infinity, job)
    const settledPage = pages.at(-1)?.sequence ?? unsettled.settledPage
    if (job.lastPage <= settledPage) return { pages, job, isEarly: false }
    if (unsettled.isRepeatable && hasLinksAlone(job)) early ??= job
  }
  if (early) return { pages: [], job: early, isEarly: true }
  const pages = completePages(unsettled, COALESCE, null)
  return pages.length === 0 ? null : { pages, job: null, isEarly: false }
}

/** Of a key that it holds twice only a settlement can tell which is the last. */
function hasLinksAlone(job: JobAccount): boolean {
  return job.links.keys.length > 0 && !holdsRepeats(job)
}

/** `job` is settled with it. */
function mustWait({ isOrdered }: Unsettled, { after }: Account, job: JobAccount | null): boolean {
  if (!isOrdered || after.size === 0) return false
  return [...after].some((each) => each !== job && !each.isSettled)
}

/** The pages from the front whose records all have outcomes, up to about `limit` records. */
export function completePages(
  unsettled: Unsettled,
  limit: number,
  job: JobAccount | null
): PageAccount[] {
  let [end, records] = [0, 0]
  for (const [index, page] of unsettled.pages.entries()) {
    if (page.pending > 0 || (end > 0 && records >= limit)) break
    if (mustWait(unsettled, page, job)) break
    records += page.records
    if (!page.isGlued) end = index + 1
  }
  return unsettled.pages.slice(0, end)
}
