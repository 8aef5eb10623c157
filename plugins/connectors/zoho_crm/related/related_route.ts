import type { Context, ReadQuery, ReadRoute } from '#sdk'
import { queryCredits, rowsPerQuery } from '../read/rows_per_query.js'
import { fieldsOf } from '../read/fulfils.js'
import { FILE } from './file_fields.js'
import { parentIds } from './parent_ids.js'
import { readRelated } from './read_related.js'
import { asksFiles } from './related_sets.js'

/** A call for each record above, one more for each file, and what it costs to learn of them. */
function cost(parents: number, query: ReadQuery): number {
  const calls = asksFiles(query) ? 2 : 1
  const listing = parentIds(query.filter) === null ? queryCredits(parents) : 0
  return calls * parents + listing
}

function whyNot({ incremental, filter }: ReadQuery): string | null {
  if (incremental !== null) return 'Zoho does not tell what changed below its records.'
  return fieldsOf(filter).includes(FILE)
    ? 'A file is fetched too late to choose by it. Choose by its name or its size.'
    : null
}

/** The only way to read what hangs on records. Zoho tells of no changes and no bulk here. */
export function relatedRoute(ctx: Context): ReadRoute {
  return {
    name: 'related',
    kind: 'call',
    maxRecords: rowsPerQuery(ctx),
    cost,
    needsCount: true,
    isSnapshot: false,
    suits: (query) => whyNot(query) === null,
    unsuited: whyNot,
    read: readRelated,
  }
}
