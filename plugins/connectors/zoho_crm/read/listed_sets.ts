import { type FieldSets, inPortions } from './field_sets.js'
import { baseOf } from './joined_name.js'

export const LIST_ROWS = 200

/** A list shows a lookup with its name, so that no join is named, and many may become one. */
export function listedSets(sets: FieldSets): FieldSets {
  const [first, ...others] = sets.portions
  const always = first.filter((name) => others.every((portion) => portion.includes(name)))
  const names = [...new Set(sets.portions.flat().map(baseOf))]
  const portions = others.length === 0 ? [names] : inPortions(always, names)
  return { ...sets, portions }
}
