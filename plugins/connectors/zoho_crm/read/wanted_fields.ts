import type { ReadQuery, StreamDescription } from '#sdk'

/** What a list or a query may name at once. */
export const MOST_FIELDS = 50

/** Lists leave these out and queries refuse them; only a single record shows them. */
function isListed(stream: StreamDescription, name: string) {
  return stream.fields.find((field) => field.name === name)?.type !== 'json'
}

/** The wanted fields in portions that Zoho takes, the incremental one first. `id` comes unasked. */
export function wantedFields(stream: StreamDescription, query: ReadQuery): string[][] {
  const first = query.incremental ? [query.incremental.field] : []
  const names = [...new Set([...first, ...query.fields])].filter(
    (name) => name !== 'id' && isListed(stream, name)
  )
  if (names.length === 0) return [['id']]
  const portions: string[][] = []
  for (let from = 0; from < names.length; from += MOST_FIELDS) {
    portions.push(names.slice(from, from + MOST_FIELDS))
  }
  return portions
}
