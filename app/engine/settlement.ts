import type { Account, JobAccount, PageAccount, Slot } from './account.js'
import { addCounters, noCounters } from './counters.js'
import { isInPlace, type BatchReport, type LinkRows, type Settlement } from './ledger.js'

const isOutdated = (slot: Slot) => slot.isOutdated
export const holdsRepeats = ({ hasRepeats, slots }: Account) => hasRepeats || slots.some(isOutdated)

/** One settlement of several accounts. */
export function settlementOf(
  pages: PageAccount[],
  finished: JobAccount | null,
  batches: BatchReport[]
): Settlement {
  const accounts: Account[] = finished ? [finished, ...pages] : pages
  const settlement: Settlement = {
    counters: accounts.reduce((sum, each) => addCounters(sum, each.counters), noCounters()),
    links: joined(accounts),
    faults: accounts.flatMap((each) => each.faults),
    healed: accounts.flatMap((each) => each.healed),
    batches,
  }
  const last = pages.at(-1)
  if (last) settlement.cursor = last.cursor
  const plannedAgain = pages.reduce((sum, page) => sum + page.plannedAgain, 0)
  if (plannedAgain > 0) settlement.plannedAgain = plannedAgain
  if (finished) settlement.finishedJob = finished.id
  const hasRepeats = accounts.some(holdsRepeats)
  if (hasRepeats) keepLast(settlement, accounts)
  return settlement
}

/**
 * Of records that the vendor has but whose page is not complete, when a run ends early:
 * the links alone, so that the next attempt finds them unchanged.
 */
export function linksOnly(pages: PageAccount[], batches: BatchReport[]): Settlement | null {
  const full = settlementOf(pages, null, batches)
  const sent = full.links.states.map(isInPlace)
  const links = pick(full.links, sent)
  if (links.keys.length === 0 && batches.length === 0) return null
  const keys = new Set(links.keys)
  const healed = full.healed.filter((key) => keys.has(key))
  const { created, updated, deleted } = full.counters
  const ahead = created + updated + deleted
  return { counters: noCounters(), links, faults: [], healed, batches, ahead }
}

/** Links that are stored early at a time: what else is to be settled goes between. */
const EARLY_LINKS = 5_000

/**
 * Part of what a job wrote. Its settlement counts it later: until then it is open for the next
 * attempt.
 */
export function earlyLinks(job: JobAccount): Settlement {
  const links = job.takeLinks(EARLY_LINKS)
  return { counters: noCounters(), links, faults: [], healed: [], batches: [] }
}

function joined(accounts: Account[]): LinkRows {
  if (accounts.length === 1) return accounts[0].links
  const links = accounts.map((each) => each.links)
  return {
    keys: concat(links.map(({ keys }) => keys)),
    matches: concat(links.map(({ matches }) => matches)),
    targetIds: concat(links.map(({ targetIds }) => targetIds)),
    hashes: concat(links.map(({ hashes }) => hashes)),
    states: concat(links.map(({ states }) => states)),
  }
}

/** `flat` and `flatMap` take thirty times as long for thousands of records. */
function concat<T>(columns: T[][]): T[] {
  return new Array<T>().concat(...columns)
}

function keepLast(settlement: Settlement, accounts: Account[]): void {
  const order = accounts.flatMap((each) => each.order)
  const { keys, states } = settlement.links
  const last = new Map<string, number>()
  for (const [index, key] of keys.entries()) {
    const known = last.get(key)
    if (known === undefined || order[index] > order[known]) last.set(key, index)
  }
  const slots = accounts.flatMap((each) => each.slots.slice(each.noted))
  const isLast = keys.map((key, index) => last.get(key) === index && !slots[index].isOutdated)
  const lastState = (key: string) => states[last.get(key) ?? -1]
  const faults = new Map(settlement.faults.map((fault) => [fault.key, fault]))
  const repeated = keys.filter((_, index) => !isLast[index])
  const healed = new Set([...settlement.healed, ...repeated])
  const outdated = outdatedKeys(accounts.flatMap((each) => each.slots))
  settlement.healed = [...healed].filter(
    (key) => isInPlace(lastState(key) ?? 'sent') && !outdated.has(key)
  )
  settlement.faults = [...faults.values()].filter(
    (fault) => !isInPlace(lastState(fault.key) ?? 'failed') && !outdated.has(fault.key)
  )
  settlement.links = pick(settlement.links, isLast)
}

/** Keys of which nothing here counts. */
function outdatedKeys(slots: Slot[]): Set<string> {
  const keys = new Set(slots.filter(isOutdated).map((slot) => slot.draft.key))
  if (keys.size > 0) for (const slot of slots) if (!slot.isOutdated) keys.delete(slot.draft.key)
  return keys
}

function pick(links: LinkRows, wanted: boolean[]): LinkRows {
  const kept = <T>(column: T[]) => column.filter((_, index) => wanted[index])
  return {
    keys: kept(links.keys),
    matches: kept(links.matches),
    targetIds: kept(links.targetIds),
    hashes: kept(links.hashes),
    states: kept(links.states),
  }
}
