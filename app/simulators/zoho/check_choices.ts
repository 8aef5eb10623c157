import { locations } from './auth/locations.js'
import { editions } from './limits/editions.js'

const choices: Record<string, readonly unknown[]> = {
  edition: Object.keys(editions),
  location: locations,
  consent: ['ask', 'accept', 'deny'],
  refreshTokenPer: ['user', 'user_client', 'client'],
  throttleStatus: [400, 200],
  throttleLanguage: ['en', 'zh'],
  allFailedStatus: [400, 202, 200],
  oldAllFailedStatus: [400, 202, 200],
  repeatedKeys: ['in_turn', 'refused'],
  inProgressSpelling: ['INPROGRESS', 'IN PROGRESS'],
  bulkStatusCase: ['upper', 'title'],
  bulkIndexBase: [0, 1],
  notifyOperations: ['insert', 'create'],
  affectedFieldsShape: ['by_id', 'flat'],
}

/** Stops a simulator that was asked to be what it cannot be. */
export function checkChoices(options: object) {
  for (const [name, allowed] of Object.entries(choices)) {
    const given: unknown = Reflect.get(options, name)
    if (!allowed.includes(given)) {
      throw new Error(`"${name}" must be one of ${allowed.join(', ')}, not "${String(given)}"`)
    }
  }
}
