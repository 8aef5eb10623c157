import { ApiFault } from '../server/api_fault.js'
import type { SimulatedOrg } from '../simulated_org.js'

export function authenticate(org: SimulatedOrg, header: string | undefined) {
  if (!header) throw new ApiFault(401, 'AUTHENTICATION_FAILURE', 'Authentication failed')
  const found = /^Zoho-oauthtoken (\S+)$/.exec(header)
  if (!found || !org.tokens.isAlive(found[1])) {
    throw new ApiFault(401, 'INVALID_TOKEN', 'invalid oauth token')
  }
  return found[1]
}
