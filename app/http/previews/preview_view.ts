import { whyNotApproved } from '#domain/runs/approve_preview'
import type Preview from '#domain/services/preview'
import type Service from '#domain/services/service'
import { MATCH_COUNTS } from '#engine/preview_matches'
import type { MatchCount } from '#engine/preview_matches'
import { PREVIEW_OUTCOMES } from '#engine/preview_records'
import type { PreviewedRecord, PreviewOutcome } from '#engine/preview_records'
import { instantText } from '#http/instant_text'
import { valueWords } from '#http/value_words'

export type PreviewFault = {
  field: string | null
  value: string | null
  rule: string
  message: string
}
export type PreviewChange = { field: string; before: string | null; after: string }
export type PreviewRow = {
  position: number
  key: string
  outcome: PreviewOutcome
  /** How many records of the target it could be; null where nobody searched. */
  matched: MatchCount | null
  /** As it would be sent. */
  target: Array<{ field: string; value: string }>
  /** Null where the target was not asked, or holds nothing yet. */
  changes: PreviewChange[] | null
  faults: PreviewFault[]
}
export type PreviewView = {
  id: string
  madeAt: string | null
  expiresAt: string | null
  counts: Array<{ outcome: PreviewOutcome; count: number }>
  /** Empty where records are not searched for. */
  matches: Array<{ matched: MatchCount; count: number }>
  changes: number
  isComplete: boolean
  asked: number
  notes: string[]
  plan: Array<{ route: string; way: string; records: number; calls: number; credits: number }>
  credits: number
  /** Why it cannot be applied; null where it can. */
  obstacle: string | null
  /** The run that carries it out. */
  runId: string | null
  filter: { outcome: PreviewOutcome | null; matched: MatchCount | null; key: string | null }
}
/** What came of making one. */
export type MadePreview = { ok: true; id: string } | { ok: false; message: string }

export function viewPreview(
  preview: Preview,
  service: Service,
  filter: PreviewView['filter']
): PreviewView {
  const { id, counts, matches, changes, isComplete, asked, notes, plan, credits, runId } = preview
  const hidden: PreviewOutcome[] = counts.delete > 0 ? ['create', 'update'] : ['delete']
  return {
    id,
    madeAt: instantText(preview.createdAt),
    expiresAt: instantText(preview.expiresAt),
    counts: PREVIEW_OUTCOMES.filter((outcome) => !hidden.includes(outcome)).map((outcome) => ({
      outcome,
      count: counts[outcome],
    })),
    matches: matches ? MATCH_COUNTS.map((matched) => ({ matched, count: matches[matched] })) : [],
    ...{ changes, isComplete, asked, notes, credits, runId, filter },
    plan: plan.map((part) => ({ ...part })),
    obstacle: runId === null ? whyNotApproved(preview, service) : null,
  }
}

export function viewPreviewRow(record: PreviewedRecord): PreviewRow {
  const { position, key, outcome, matched = null, target, changes, faults } = record
  return {
    ...{ position, key, outcome, matched },
    target: Object.entries(target).map(([field, value]) => ({ field, value: valueWords(value) })),
    changes:
      changes?.map(({ field, before, after }) => ({
        field,
        before: before === null ? null : valueWords(before),
        after: valueWords(after),
      })) ?? null,
    faults: faults.map((fault) => ({ ...fault })),
  }
}
