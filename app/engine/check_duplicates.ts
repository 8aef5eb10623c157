import type { ServiceDefinition } from '#sdk'
import type { Problem } from './problem.js'

/** Which records are duplicates is told by their match fields, and the last one must be able to update. */
export function checkDuplicates({ source, target }: ServiceDefinition): Problem[] {
  const { duplicates = 'reject' } = source
  if (duplicates === 'reject') return []
  const message = problemOf(duplicates, target)
  return message === null ? [] : [{ where: 'source.duplicates', message }]
}

function problemOf(
  duplicates: 'first' | 'last',
  { operation, match }: ServiceDefinition['target']
): string | null {
  if (operation === 'delete') {
    return 'Of duplicates, a delete finds the second one gone already. Leave this out.'
  }
  if (match.by !== 'fields') {
    return 'Duplicates are told by the fields that records are matched by. Match by fields, or leave this out.'
  }
  if (operation === 'insert' && duplicates === 'last') {
    return 'A service that only creates records cannot let the last of duplicates take over, since that is an update. Choose the first, or let the service update too.'
  }
  return null
}
