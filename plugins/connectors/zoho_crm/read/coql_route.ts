import { type Context, type ReadRoute, type StreamDescription } from '#sdk'
import { fieldSets, singleCredits } from './field_sets.js'
import { idsOf } from './ids_of.js'
import { narrow } from './narrow.js'
import { readByQuery } from './read_by_query.js'
import { queryCredits, rowsPerQuery } from './rows_per_query.js'

/** By queries of up to 2,000 rows; each portion of fields is a query of its own. */
export function coqlRoute(ctx: Context, stream: StreamDescription): ReadRoute {
  return {
    name: 'coql',
    kind: 'call',
    maxRecords: rowsPerQuery(ctx),
    cost(records, query) {
      const sets = fieldSets(stream, query)
      return queryCredits(records) * sets.portions.length + singleCredits(sets, records)
    },
    isSnapshot: false,
    // More ids than a query takes would have it read the whole module.
    suits: ({ filter }) => idsOf(filter) === null || narrow(filter, stream) !== null,
    read: readByQuery,
  }
}
