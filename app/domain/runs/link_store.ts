import type { Matched } from '#engine/ledger'
import type { LinkRows } from '#engine/ledger'

/**
 * Reads and writes record links below Lucid: they are the hot path, one row per record.
 * `raw` is the driver's own connection, inside the transaction that it belongs to; `service` is
 * the service's number.
 */
export interface LinkStore<Raw> {
  match(
    raw: Raw,
    service: number,
    keys: string[],
    matches: Array<string | null>
  ): Promise<Matched[]>
  write(raw: Raw, service: number, links: LinkRows): Promise<void>
}

/** A match value is owned by the record that holds it in the target, or may hold it; a rejected or deleted one holds nothing. */
export function ownedMatch(links: LinkRows, index: number): string | null {
  const state = links.states[index]
  return state === 'rejected' || state === 'deleted' ? null : (links.matches[index] ?? null)
}
