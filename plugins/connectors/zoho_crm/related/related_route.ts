import type { Context, ReadQuery, ReadRoute, StreamDescription } from '#sdk'
import { queryCredits, rowsPerQuery } from '../read/rows_per_query.js'
import { fieldsOf } from '../read/fulfils.js'
import { FILE } from './file_fields.js'
import { readRelated } from './read_related.js'
import { asksFiles, relatedSets } from './related_sets.js'
import { knownParents } from './walk_parents.js'

/**
 * What it costs to learn of the records above; for each of them a call for each portion of
 * fields, as though something hung on it and no more than one call shows; and one for one file.
 * How many rows and files there are is not known before they are read.
 */
function cost(stream: StreamDescription, parents: number, query: ReadQuery): number {
  const { portions } = relatedSets(stream, query)
  const calls = portions.length + (asksFiles(query) ? 1 : 0)
  const listing = knownParents(query) === null ? queryCredits(parents) : 0
  return calls * parents + listing
}

function whyNot({ incremental, filter }: ReadQuery): string | null {
  if (incremental !== null) return 'Zoho does not tell what changed below its records.'
  return fieldsOf(filter).includes(FILE)
    ? 'A file is fetched too late to choose by it. Choose by its name or its size.'
    : null
}

/** The only way to read what hangs on records. Zoho tells of no changes and no bulk here. */
export function relatedRoute(ctx: Context, stream: StreamDescription): ReadRoute {
  return {
    name: 'related',
    kind: 'call',
    maxRecords: rowsPerQuery(ctx),
    cost: (parents, query) => cost(stream, parents, query),
    needsCount: true,
    isSnapshot: false,
    suits: (query) => whyNot(query) === null,
    unsuited: whyNot,
    read: readRelated,
  }
}
