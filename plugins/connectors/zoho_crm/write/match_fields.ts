import { ConnectorError, type Match } from '#sdk'

/** The fields by which an upsert recognises records, in the order Zoho checks them. */
export function matchFields(match: Match): string[] {
  if (match.by === 'fields' && match.fields.length > 0) return match.fields
  throw new ConnectorError(
    'config',
    'Upsert into Zoho recognises records by unique fields. Name at least one match field, or choose update to match by id.'
  )
}
