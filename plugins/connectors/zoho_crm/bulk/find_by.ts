import { ConnectorError, type Match, type WriteBatch } from '#sdk'
import { matchFields } from '../write/match_fields.js'

export const upsertBy = (match: Match): string => matchFields(match)[0]

/** What Zoho finds the record by; a job knows one field only, so the first one counts. */
export function findBy({ operation, match, ids }: WriteBatch): string | null {
  if (operation === 'upsert') return upsertBy(match)
  if (operation === 'insert') return match.by === 'fields' ? (match.fields[0] ?? null) : null
  if (match.by === 'id' || ids.every((id) => id !== null)) return 'id'
  const field = match.fields[0]
  if (field) return field
  throw new ConnectorError('config', 'Update needs a match field, or the ids of the records.')
}
