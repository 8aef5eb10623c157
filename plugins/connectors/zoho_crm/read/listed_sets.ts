import type { FieldSets } from './field_sets.js'
import { baseOf } from './joined_name.js'

export const LIST_ROWS = 200

/** A list shows a lookup with its name, so that no join is named. */
export function listedSets(sets: FieldSets): FieldSets {
  const portions = sets.portions.map((names) => [...new Set(names.map(baseOf))])
  return { ...sets, portions }
}
