import { number } from '../../composables/format.js'
import type { RequestRow } from '../../types.js'

const STAGES: { [stage in RequestRow['stage']]: string } = {
  read: 'Reading',
  look_up: 'Looking up',
  send: 'Sending',
}

/** Why a request was made, for example "Sending by upsert, batch 12". */
export function purposeOf({ stage, route, batch }: RequestRow): string {
  const by = route === null ? '' : ` by ${route}`
  return `${STAGES[stage]}${by}${batch === null ? '' : `, batch ${number(batch)}`}`
}

/** 1536 as 1.5 kB. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
