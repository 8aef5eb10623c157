import type { PreviewSearch } from '#domain/services/preview_records'
import { MATCH_COUNTS } from '#engine/preview_matches'
import { PREVIEW_OUTCOMES } from '#engine/preview_records'

const LONGEST = 255

/** Reads a search from an address. What makes no sense is left out. */
export function readPreviewFilter(asked: { [name: string]: unknown }): PreviewSearch {
  const { outcome, matched, key } = asked
  const text = typeof key === 'string' ? key.trim().slice(0, LONGEST) : ''
  return {
    outcome: PREVIEW_OUTCOMES.find((known) => known === outcome) ?? null,
    matched: MATCH_COUNTS.find((known) => known === matched) ?? null,
    key: text === '' ? null : text,
  }
}
