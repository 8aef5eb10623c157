import type { ChangeEvent, ChangeKind } from '#sdk'

const SECOND = 1000

/** Somebody told that a record changed. */
export interface Sighting {
  key: string
  change: ChangeKind
  /** The fields that changed, where that was told. */
  fields?: string[]
  /** When it changed by the vendor's clock, in milliseconds. */
  at: number | null
}

export function sightingsOf({ keys, change, fields, at }: ChangeEvent): Sighting[] {
  const time = at === undefined ? null : timeOf(at)
  return keys.map((key) => ({
    ...{ key, change, at: time },
    ...(fields === undefined ? {} : { fields }),
  }))
}

export function timeOf(text: unknown): number | null {
  const time = typeof text === 'string' ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? null : time
}

/**
 * Up to where a reading of the record covers its changes. Vendors tell times to the second, and
 * records are read again two seconds later at the earliest: by then that second is over.
 */
export function coveredBy({ at }: Sighting): number | null {
  return at === null ? null : Math.floor(at / SECOND) * SECOND + SECOND
}
