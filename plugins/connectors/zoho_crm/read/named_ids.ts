import type { ReadQuery, StreamDescription } from '#sdk'
import { knownParents } from '../related/walk_parents.js'
import { idsOf } from './ids_of.js'

/** The ids that a filter names of what a read is paid by, where no call is needed to know them. */
export function namedIds(stream: StreamDescription, query: ReadQuery): string[] | null {
  return stream.within ? knownParents(query) : idsOf(query.filter)
}
