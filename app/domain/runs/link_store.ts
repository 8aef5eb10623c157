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

/** A link holds no id of what its service has deleted. */
export function keptTarget({ states, targetIds }: LinkRows, index: number): string | null {
  return states[index] === 'deleted' ? null : targetIds[index]
}
