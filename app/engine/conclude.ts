import type { RecordOutcome, Value } from '#sdk'
import type { Slot } from './account.js'
import type { OutcomeName } from './counters.js'
import { isInPlace, type Link } from './ledger.js'
import { hashBehind, leaveBehind } from './overtaken.js'
import type { RecordFault } from './misfit.js'
import type { Candidate } from './pair.js'

let concluded = 0

const STATES: { [name in OutcomeName]: Link['state'] } = {
  created: 'sent',
  updated: 'sent',
  deleted: 'deleted',
  unchanged: 'sent',
  filtered: 'sent',
  rejected: 'rejected',
  failed: 'failed',
  unclear: 'unclear',
}

/** The target holds the record, or no longer does where the service deletes. */
export function concludeSent(
  slot: Slot,
  outcome: 'created' | 'updated' | 'unchanged' | 'deleted',
  id: string | null,
  state: 'sent' | 'deleted'
): void {
  if (state === 'deleted') slot.draft.targetId = id || slot.draft.targetId
  const targetId = state === 'deleted' ? null : (id ?? slot.draft.targetId)
  finish(slot, outcome, { targetId, hash: slot.draft.hash, state, fault: null })
  if (slot.link !== null && !isInPlace(slot.link.state)) slot.account.healed.push(slot.draft.key)
}

/** It arrived after its job had failed it, or was given up, before what came later was sent. */
export function concludeOverwritten(slot: Slot): void {
  concludeSent(slot, 'updated', null, 'sent')
}

/**
 * The record did not arrive. A fault that the engine found leaves no hash: nothing was sent,
 * so the next attempt must not take it for known.
 */
export function concludeFault(
  slot: Slot,
  outcome: 'rejected' | 'failed' | 'unclear',
  fault: RecordFault,
  wasSent: boolean
): void {
  const { draft } = slot
  const { code, field, value, message } = fault
  slot.account.faults.push({
    key: draft.key,
    state: outcome,
    code,
    message,
    field,
    value,
    payload: JSON.stringify({ source: draft.source, target: draft.target, ...candidatesOf(slot) }),
  })
  finish(slot, outcome, {
    targetId: draft.targetId ?? slot.link?.targetId ?? null,
    hash: wasSent ? draft.hash : sentBefore(slot, outcome),
    state: STATES[outcome],
    fault: JSON.stringify({ code, field, value, message }),
  })
}

/** What is in doubt is what an earlier attempt sent. */
function sentBefore({ link }: Slot, outcome: OutcomeName): string {
  return outcome === 'unclear' && link !== null ? link.hash : ''
}

/** Among which a person chooses. */
function candidatesOf({ pair }: Slot): { candidates?: Candidate[] } {
  return pair?.verdict === 'ask' && pair.candidates !== null ? { candidates: pair.candidates } : {}
}

/** The service leaves the record out. Nothing is remembered of it, so that it is asked for again. */
export function concludeSkipped(slot: Slot): void {
  const { account, draft, link } = slot
  slot.isDone = true
  if (slot.before) account.settleAfter(slot.before.account)
  account.pending--
  account.counters.filtered++
  account.skipped.push(slot)
  if (link !== null && !isInPlace(link.state)) account.healed.push(draft.key)
}

export function faultOfOutcome(
  slot: Slot,
  outcome: Extract<RecordOutcome, { code: string }>
): RecordFault {
  const field = outcome.field ?? null
  const value = field === null ? undefined : soughtBy(slot.draft.target[field])
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return { code: outcome.code, field, value: text ?? null, message: outcome.message }
}

/** Of a link to another record people know the value that it is found by. */
function soughtBy(value: Value | undefined): Value | undefined {
  const isLink = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isLink && 'by' in value && 'value' in value ? value.value : value
}

function finish(slot: Slot, outcome: OutcomeName, result: Link): void {
  const { account, draft } = slot
  slot.isDone = true
  slot.result = result
  if (slot.before) account.settleAfter(slot.before.account)
  if (slot.predecessor) account.settleAfter(slot.predecessor.account)
  account.pending--
  account.counters[outcome]++
  account.order.push(concluded++)
  account.slots.push(slot)
  account.links.keys.push(draft.key)
  account.links.matches.push(heldMatch(slot, result))
  account.links.targetIds.push(result.state === 'deleted' ? draft.targetId : result.targetId)
  const isBehind = slot.owner !== null && result.state === 'sent'
  const { hash, state } = doubtAfter(slot) ?? result
  account.links.hashes.push(isBehind ? hashBehind(hash) : hash)
  account.links.states.push(state)
  const { overtakes } = slot
  if (overtakes !== null && result.state !== 'rejected') {
    leaveBehind(slot, overtakes, concluded++)
  }
}

/** A record that is at fault before it is sent: whether it was put in once is as unknown as before. */
export function doubtAfter({ link, result }: Slot): Link | null {
  if (result?.state !== 'rejected' || result.hash !== '' || link?.targetId !== null) return null
  return link.state === 'sending' || link.state === 'unclear' ? link : null
}

/** What nobody else may hold: the id that it is paired with, even while it is at fault, or its match value. */
function heldMatch({ owner, pair, draft }: Slot, { state, targetId }: Link): string | null {
  if (owner !== null) return null
  if (pair !== null) return targetId
  return state === 'rejected' || state === 'deleted' ? null : draft.match || null
}
