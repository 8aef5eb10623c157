import { ApiFault } from '../server/api_fault.js'

export function limitExceeded(clause: string, limit: number) {
  return new ApiFault(400, 'LIMIT_EXCEEDED', 'the limit of the query is exceeded', {
    clause,
    limit,
  })
}
