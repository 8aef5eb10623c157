import type { ReadQuery, ReadRoute, StreamDescription } from '#sdk'
import { MOST_IDS } from './fetch_by_ids.js'
import { farCredits } from './fetch_far.js'
import { fieldSets, singleCredits } from './field_sets.js'
import { idsOf } from './ids_of.js'
import { listedSets, LIST_ROWS } from './listed_sets.js'
import { readByList } from './read_by_list.js'

/** Further portions are fetched by id, a hundred at once. */
function cost(stream: StreamDescription, records: number, query: ReadQuery) {
  const sets = listedSets(fieldSets(stream, query))
  const byIds = Math.ceil(records / MOST_IDS)
  const first = idsOf(query.filter) === null ? Math.ceil(records / LIST_ROWS) : byIds
  const far = farCredits(stream, sets.names, records)
  return first + far + (sets.portions.length - 1) * byIds + singleCredits(sets, records)
}

/** A list of a view is not sorted, so that it cannot go on where it was left. */
const NO_VIEW = 'A custom view is read by query or by bulk read, never by list.'

function isOfView({ view = null }: ReadQuery) {
  return view !== null
}

function canList({ filter, incremental }: ReadQuery) {
  if (incremental === null) return filter === null || idsOf(filter) !== null
  return filter === null && incremental.field === 'Modified_Time'
}

/** A whole module, its changes, or records by id: 200 records a credit. */
export function listRoute(stream: StreamDescription): ReadRoute {
  return {
    name: 'list',
    kind: 'call',
    maxRecords: LIST_ROWS,
    cost: (records, query) => cost(stream, records, query),
    isSnapshot: false,
    suits: (query) => !isOfView(query) && canList(query),
    unsuited: (query) => (isOfView(query) ? NO_VIEW : null),
    read: readByList,
  }
}
