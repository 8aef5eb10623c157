import type { StreamDescription } from '#sdk'

/** The id of a view that is given by its title or its id; null where none is wanted, undefined where there is none. */
export function viewOf(
  { views = [] }: StreamDescription,
  wanted?: string
): string | null | undefined {
  if (wanted === undefined) return null
  const found = views.find(({ id }) => id === wanted) ?? views.find(({ title }) => title === wanted)
  return found?.id
}
