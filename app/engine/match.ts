import { awaitSlot, follow, Slot, type PageAccount } from './account.js'
import { concludeFault, concludeSent, concludeSkipped, doubtAfter } from './conclude.js'
import type { Draft } from './draft.js'
import { knownAlready } from './known_already.js'
import { isInPlace, type Link, type Matched } from './ledger.js'
import type { RecordFault } from './misfit.js'
import type { Run } from './run.js'
import { pairPage, type Paired } from './pair_page.js'
import { isBeyondPlan } from './preview_approval.js'
import { holderAfter, settlePair, standInLine } from './settle_pair.js'
import type { Mapped } from './transform.js'
import { askHolders, awaitHeir, judgeTwin, type Twin } from './twins.js'

type Known = Paired & Twin

export interface Judged {
  slot: Slot
  /** Send it, find out whether it was sent, or find its id first. */
  verdict: 'send' | 'doubt' | 'find'
}

/**
 * Compares a page with what the ledger and the window know. What is known already is counted
 * at once; the rest is returned, in order.
 */
export async function matchPage(mapped: Mapped[], page: PageAccount, run: Run): Promise<Judged[]> {
  const { window, approved } = run
  const isLast = run.duplicates === 'last'
  if (approved !== null) {
    page.plannedAgain = mapped.filter(({ draft }) => isBeyondPlan(draft, approved)).length
  }
  const asked: Mapped[] = []
  const keys: string[] = []
  const matches: Array<string | null> = []
  for (const item of mapped) {
    if (window.isCarried(item, page)) continue
    if (item.isFiltered || (isLast && window.isPassedOver(item))) {
      page.count('filtered')
      continue
    }
    asked.push(item)
    keys.push(item.draft.key)
    matches.push(item.draft.match || null)
  }
  window.endPage(page)
  if (asked.length === 0) return []
  // What is settled while the ledger is asked would be in neither answer.
  window.hold()
  try {
    const known = await run.input.ledger.match(keys, matches)
    const paired = await knownMore(asked, known, run)
    const judged: Judged[] = []
    let index = 0
    for (const item of asked) {
      const verdict = judge(item, paired[index], page, run)
      if (verdict) judged.push(verdict)
      index++
    }
    return judged
  } finally {
    window.unhold()
  }
}

function knownMore(asked: Mapped[], known: Matched[], run: Run): Promise<Known[]> | Known[] {
  if (run.seeker) return pairPage(asked, known, run, run.seeker)
  if (run.duplicates !== 'last') return known
  const drafts = asked.map(({ draft }) => draft)
  return askHolders(drafts, known, run)
}

/** By what the ledger knows of a record, and by the records read just before it. */
function judge(item: Mapped, known: Known, page: PageAccount, run: Run): Judged | null {
  if (known.isNew) return admit(item, page, run)
  const { draft } = item
  const { link, owner } = known
  const { window } = run
  const before = window.ofKey(draft.key)
  const ownMatch = known.pair ? null : draft.match
  let claimant = ownMatch ? window.ofMatch(ownMatch) : undefined
  if (ownMatch && owner !== null) claimant ??= window.ofKey(owner)
  // It may have come again since, with another value.
  if (claimant && run.duplicates === 'last') claimant = window.ofKey(claimant.draft.key) ?? claimant
  if (!before && !claimant && owner === null && !item.faults && draft.match !== '') {
    const quick = link && knownAlready(draft, link, run)
    if (quick) {
      page.count(quick)
      page.known?.push({ source: draft.source, isArrived: quick === 'unchanged' })
      if (quick === 'rejected') recall(draft, link, page)
      return null
    }
  }
  const slot = new Slot(draft, page, before ? linkAfter(before) : link)
  slot.owner = owner
  slot.faults = item.faults
  slot.pair = known.pair ?? null
  page.pending++
  page.records++
  run.window.enter(slot)
  if (before?.isDone) follow(slot, before)
  else if (before) awaitSlot(slot, before)
  if (claimant && (run.duplicates === 'last' || claimant.draft.key !== draft.key)) {
    slot.claimant = claimant
    if (claimant.isDone) inherit(slot, claimant, run)
    else if (claimant !== before) awaitSlot(slot, claimant)
  } else if (known.holder) slot.claimant = known.holder
  if (run.duplicates === 'last') awaitHeir(slot, run)
  if (run.seeker) standInLine(slot, run.seeker)
  return slot.waits === 0 ? decide(slot, run) : null
}

/** A record that nothing is known of. */
function admit(item: Mapped, page: PageAccount, run: Run): Judged | null {
  const slot = new Slot(item.draft, page, null)
  slot.faults = item.faults
  page.pending++
  page.records++
  run.window.enter(slot)
  return decide(slot, run)
}

/** Goes on with a record for which `done` was the last to wait for. */
export function resume(slot: Slot, done: Slot, run: Run): Judged | null {
  if (done.draft.key === slot.draft.key) {
    slot.link = linkAfter(done)
    follow(slot, done)
  }
  const isAsked = slot.pair === null ? done === slot.claimant : done.draft.key !== slot.draft.key
  if (isAsked) inherit(slot, done, run)
  if (done.left?.draft.key === slot.draft.key) follow(slot, done.left)
  slot.waits--
  return slot.waits === 0 ? decide(slot, run) : null
}

/**
 * What an earlier record of the same key leaves. Where the ledger says `sending` of a record that
 * did not arrive, a lost attempt may have sent a later one of its key.
 */
function linkAfter(done: Slot): Link | null {
  const { link, result } = done
  const doubt = result === null ? link : doubtAfter(done)
  if (result === null || doubt !== null) return doubt
  if (isInPlace(result.state) || link?.state !== 'sending') return result
  return { ...result, hash: link.hash, state: 'sending' }
}

/** What it takes over is stored after it was let go of. */
function inherit(slot: Slot, done: Slot, { duplicates }: Run): void {
  slot.owner = ownerAfter(done, slot)
  if (duplicates === 'last') slot.predecessor = done
}

/** Who holds a match value once an earlier record is done: what was rejected holds nothing. */
function ownerAfter(done: Slot, slot: Slot): string | null {
  if (slot.pair !== null) return holderAfter(done, slot)
  if (done.draft.match !== slot.draft.match) return null
  const isHolding = done.result !== null && done.result.state !== 'rejected'
  const owner = isHolding ? done.draft.key : (done.owner ?? done.overtakes?.draft.key ?? null)
  return owner === slot.draft.key ? null : owner
}

/** For a record whose turn has come: all that is known before it is `slot.link`. */
export function decide(slot: Slot, run: Run): Judged | null {
  const { draft, link } = slot
  // Asking a set makes V8 intern the key, also where the set is empty.
  const isOvertaken = run.overtaken.size > 0 && run.overtaken.has(draft.key)
  if (!isOvertaken) draft.targetId ??= link?.targetId ?? null
  // An earlier record of its key made another search needless: nobody holds what it stands for.
  if (slot.pair !== null && draft.targetId !== null && draft.targetId !== slot.pair.id) {
    slot.pair.holder = slot.owner
    slot.owner = null
  }
  const twin = slot.owner === null ? null : judgeTwin(slot, run.duplicates, run)
  if (twin === 'out') {
    concludeSkipped(slot)
    return null
  }
  const fault = faultOf(slot, run)
  if (fault) {
    concludeFault(slot, 'rejected', fault, false)
    return null
  }
  // What an earlier record of its key left may be another's by now.
  const isKnown = twin === null && !isOvertaken && link !== null
  const quick = isKnown ? knownAlready(draft, link, run) : null
  if (quick === 'unchanged') {
    concludeSent(slot, 'unchanged', null, run.whenDone)
    return null
  }
  if (quick === 'rejected') {
    concludeFault(slot, 'rejected', rememberedFault(link), true)
    return null
  }
  if (slot.pair !== null && settlePair(slot, run)) return null
  return { slot, verdict: verdictOn(slot, run) }
}

function verdictOn(slot: Slot, run: Run): Judged['verdict'] {
  const { link, draft } = slot
  if (run.seeker && draft.targetId !== null) return 'send'
  if (!run.isRepeatable && (link?.state === 'sending' || link?.state === 'unclear')) return 'doubt'
  const isSought = run.operation === 'update' || run.operation === 'delete'
  return isSought && draft.targetId === null ? 'find' : 'send'
}

function recall(draft: Draft, link: Link, page: PageAccount): void {
  const { code, field, value, message } = rememberedFault(link)
  const payload = JSON.stringify({ source: draft.source, target: draft.target })
  page.faults.push({ key: draft.key, state: 'rejected', code, message, field, value, payload })
}

function rememberedFault(link: Link | null): RecordFault {
  const stored: unknown = link?.fault ? JSON.parse(link.fault) : {}
  const known = typeof stored === 'object' && stored !== null ? stored : {}
  const text = (name: string): string | null => {
    const value: unknown = Reflect.get(known, name)
    return typeof value === 'string' ? value : null
  }
  return {
    code: text('code') ?? 'REJECTED',
    field: text('field'),
    value: text('value'),
    message: text('message') ?? 'The target rejected this record before, and it has not changed',
  }
}

function faultOf({ draft, faults, owner, pair }: Slot, run: Run): RecordFault | null {
  if (faults) {
    const [first, ...others] = faults
    return { ...first, message: [first, ...others].map((fault) => fault.message).join('; ') }
  }
  if (draft.match === '' && (pair === null || draft.targetId === null)) {
    const message = 'The fields that records are matched by are empty. Fill them in the source.'
    return { code: 'MATCH_EMPTY', field: null, value: null, message }
  }
  // Two records may name one that is to go: the second finds it gone.
  if (owner === null || run.operation === 'delete') return null
  return duplicateOf(owner, draft.match, run)
}

export function duplicateOf(owner: string, match: string | null, run: Run): RecordFault {
  const message = run.seeker
    ? `The record '${owner}' stands for the same record of the target already. ` +
      'Remove one of the two from the source, or match by fields that tell them apart.'
    : `The record '${owner}' has the same match value already. ` +
      'Give each record its own value, or match by another field.'
  return { code: 'DUPLICATE_IN_SOURCE', field: null, value: match, message }
}
