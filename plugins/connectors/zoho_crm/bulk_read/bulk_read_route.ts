import type { ReadRoute, StreamDescription } from '#sdk'
import { fieldSets } from '../read/field_sets.js'
import { idsOf } from '../read/ids_of.js'
import { peopleCredits } from '../read/people.js'
import { JOB_CREDITS } from './create_read_job.js'
import { readByBulk } from './read_by_bulk.js'

/** A snapshot by jobs. Zoho charges the job, not its rows, and leaves out what is no column. */
export function bulkReadRoute(stream: StreamDescription): ReadRoute {
  const nested = new Set(
    stream.fields.filter(({ type }) => type === 'json').map(({ name }) => name)
  )
  return {
    name: 'bulk_read',
    kind: 'job',
    maxRecords: 200_000,
    cost: () => JOB_CREDITS,
    fee: (query) => peopleCredits(stream, fieldSets(stream, query).names),
    isSnapshot: true,
    suits: (query) =>
      idsOf(query.filter) === null &&
      !fieldSets(stream, query).names.some((name) => nested.has(name)),
    read: readByBulk,
  }
}
