import type { ReadQuery, StreamDescription } from '#sdk'
import { type FieldSets, fieldSets } from '../read/field_sets.js'
import { fieldsOf } from '../read/fulfils.js'
import { FILE, LINK } from './file_fields.js'
import { PARENT } from './related_name.js'

/** What no call names as a field: it is known otherwise. */
const DERIVED = [PARENT.name, FILE, LINK]

/** A file is told by its name, and fetched only where its size lets it. */
export function withFileFacts(query: ReadQuery): ReadQuery {
  if (!asksFiles(query)) return query
  return { ...query, fields: [...new Set([...query.fields, 'File_Name', 'Size', LINK])] }
}

/** The fields of a related list, in portions that one call takes. */
export function relatedSets(stream: StreamDescription, query: ReadQuery): FieldSets {
  const names = [...query.fields, ...fieldsOf(query.filter)]
  const fields = names.filter((name) => !DERIVED.includes(name))
  return fieldSets(stream, { ...query, filter: null, fields })
}

export function asksFiles({ fields }: ReadQuery): boolean {
  return fields.includes(FILE)
}
