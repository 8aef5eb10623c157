import type { Field, RecordValues } from '#sdk'
import type { PageAccount, Slot } from './account.js'
import { changesOf, lossesOf, type FieldChange } from './diff.js'
import { NOT_FOUND } from './doubt.js'
import { AMBIGUOUS } from './find_doomed.js'
import { duplicateOf, type Judged } from './match.js'
import type { RecordFault } from './misfit.js'
import { matchCountOf, pairsOf, type MatchCount } from './preview_matches.js'
import type { TargetView } from './preview_target.js'
import { linkedValue, type Links } from './reference_glance.js'
import type { Run } from './run.js'
import type { Mapped } from './transform.js'
import { leftOutFor } from './twins.js'

export const PREVIEW_OUTCOMES = [
  'create',
  'update',
  'delete',
  'unchanged',
  'filtered',
  'rejected',
] as const
export type PreviewOutcome = (typeof PREVIEW_OUTCOMES)[number]
const WRITTEN: PreviewOutcome[] = ['create', 'update', 'delete']

export interface PreviewedRecord {
  /** Its place in the source, among all that was counted. */
  position: number
  key: string
  outcome: PreviewOutcome
  source: RecordValues
  target: RecordValues
  /** A digest of what would be written; null where nothing would be. */
  hash: string | null
  /** How many records of the target it could be; null where nobody searched for it. */
  matched: MatchCount | null
  /** Before and after; null where the target was not asked, or holds nothing. */
  changes: FieldChange[] | null
  faults: Array<{ field: string | null; value: string | null; rule: string; message: string }>
}

/** A page, and what the target said of it. */
interface Looked {
  page: PageAccount
  judged: Judged[]
  view: TargetView
  links: Links
}

/** The outcomes of one page, in its order. */
export function previewedPage(
  mapped: Mapped[],
  { page, judged, view, links }: Looked,
  run: Run
): Array<Omit<PreviewedRecord, 'position'>> {
  const sent = new Map(judged.map(({ slot }) => [slot.draft, slot]))
  const faults = new Map(page.faults.map((fault) => [fault.key, fault]))
  const fields = new Map(run.target.fields.map((field) => [field.name, field]))
  const slotOf = pairsOf(page, judged, run)
  const skipped = new Set(page.skipped)
  return mapped.map((item) => {
    const { key, source, match, hash } = item.draft
    const own = run.window.ofKey(key)
    const slot = sent.get(item.draft)
    const target = slot ? linkedTarget(slot, links) : item.draft.target
    const fault = slot
      ? (missingFault(slot, view, run) ?? links.faults.get(slot))
      : (faults.get(key) ?? duplicateFault(own, match, run))
    const isRepeat = own?.isDone === false
    const sought = slotOf(item.draft)
    const reason = own && own.draft === item.draft ? leftOutFor(own, skipped, run) : null
    const outcome =
      reason !== null || (sought !== null && skipped.has(sought))
        ? 'filtered'
        : outcomeOf(item, { slot, fault, isRepeat, view }, run)
    const present = slot && view.present.get(slot)
    const isWritten = WRITTEN.includes(outcome)
    const found = item.faults ?? [fault].filter((each) => each !== undefined)
    return {
      ...{ key, outcome, source, target },
      hash: isWritten ? hash : null,
      matched: matchCountOf(sought?.pair),
      changes: present && isWritten ? changesBy(outcome, present, target, fields) : null,
      faults: outcome === 'rejected' ? found.map(shown) : reason ? [shown(reason)] : [],
    }
  })
}

function linkedTarget(slot: Slot, { found }: Links): RecordValues {
  const { target } = slot.draft
  const ids = found.get(slot)
  if (!ids) return target
  const values = Object.entries(target).map(([field, value]) => [
    field,
    linkedValue(value, ids.get(field)),
  ])
  return Object.fromEntries(values)
}

function changesBy(
  outcome: PreviewOutcome,
  present: RecordValues,
  target: RecordValues,
  fields: Map<string, Field>
): FieldChange[] {
  return outcome === 'delete' ? lossesOf(present) : changesOf(present, target, fields)
}

function duplicateFault(
  own: Slot | undefined,
  match: string | null,
  run: Run
): RecordFault | undefined {
  if (!own?.claimant || run.duplicates !== 'reject') return undefined
  return duplicateOf(own.claimant.draft.key, match, run)
}

function missingFault(
  slot: Slot,
  { missing, several }: TargetView,
  { operation }: Run
): RecordFault | undefined {
  if (operation === 'delete' && several.has(slot)) return AMBIGUOUS
  return operation === 'update' && missing.has(slot) ? NOT_FOUND : undefined
}

interface Judgement {
  slot: Slot | undefined
  fault: RecordFault | undefined
  isRepeat: boolean
  view: TargetView
}

function outcomeOf(
  item: Mapped,
  { slot, fault, isRepeat, view }: Judgement,
  { operation, match }: Run
): PreviewOutcome {
  if (item.isFiltered) return 'filtered'
  if (item.faults || fault) return 'rejected'
  if (operation === 'delete') {
    const isNameless = match.by === 'id' && slot?.draft.targetId === null
    return !slot || isNameless || view.missing.has(slot) ? 'unchanged' : 'delete'
  }
  if (!slot) return isRepeat ? 'update' : 'unchanged'
  return slot.draft.targetId === null && operation !== 'update' ? 'create' : 'update'
}

function shown(fault: RecordFault): PreviewedRecord['faults'][number] {
  const { code, field, value, message } = fault
  return { field, value, rule: code, message }
}
