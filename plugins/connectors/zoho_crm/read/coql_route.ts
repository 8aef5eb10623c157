import type { Context, ReadQuery, ReadRoute, StreamDescription } from '#sdk'
import { apiVersion } from '../api/address.js'
import { fieldSets, singleCredits } from './field_sets.js'
import { idsOf } from './ids_of.js'
import { joinsOf } from './join_of.js'
import { narrow } from './narrow.js'
import { peopleCredits } from './people.js'
import { readByQuery } from './read_by_query.js'
import { queryCredits, rowsPerQuery } from './rows_per_query.js'

/** Lookups that a query looks behind; versions before 8 take fewer. */
const MOST_JOINS = 5
const MOST_JOINS_BEFORE = 2

function joinsAsked(stream: StreamDescription, query: ReadQuery) {
  const joins = joinsOf(stream, fieldSets(stream, query).names)
  return new Set(joins.filter(({ kind }) => kind !== 'person').map(({ base }) => base)).size
}

/** By queries of up to 2,000 rows; each portion of fields is a query of its own. */
export function coqlRoute(ctx: Context, stream: StreamDescription): ReadRoute {
  const most = apiVersion(ctx) === 'v8' ? MOST_JOINS : MOST_JOINS_BEFORE
  return {
    name: 'coql',
    kind: 'call',
    maxRecords: rowsPerQuery(ctx),
    cost(records, query) {
      const sets = fieldSets(stream, query)
      return queryCredits(records) * sets.portions.length + singleCredits(sets, records)
    },
    fee: (query) => peopleCredits(stream, fieldSets(stream, query).names),
    isSnapshot: false,
    // More ids than a query takes would have it read the whole module.
    suits: (query) =>
      (idsOf(query.filter) === null || narrow(query.filter, stream) !== null) &&
      joinsAsked(stream, query) <= most,
    unsuited: (query) =>
      joinsAsked(stream, query) > most
        ? `A query looks behind ${most} lookups at most, and this service asks for fields behind ${joinsAsked(stream, query)}.`
        : null,
    read: readByQuery,
  }
}
