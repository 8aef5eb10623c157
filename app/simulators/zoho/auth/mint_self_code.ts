import type { SimulatedOrg } from '../simulated_org.js'
import { isKnownScope, splitScopes } from './scopes.js'

const LONGEST_MINUTES = 10

export interface SelfCodeOrder {
  scope?: string
  minutes?: number
  /** The mail address of the person who asks; the first when left out. */
  person?: string
}

/** What "Generate Code" of the API console gives to a self client. */
export function mintSelfCode({ accounts }: SimulatedOrg, order: SelfCodeOrder) {
  const { scope = '', minutes = 3, person } = order
  const scopes = splitScopes(scope)
  const unknown = scopes.find((name) => !isKnownScope(name))
  if (scopes.length === 0) throw new Error('"scope" must name at least one scope')
  if (unknown !== undefined) throw new Error(`Unknown scope "${unknown}"`)
  if (!(minutes > 0 && minutes <= LONGEST_MINUTES)) {
    throw new Error(`"minutes" must be above 0, and ${LONGEST_MINUTES} at most`)
  }
  const email = person ?? accounts.people[0].email
  if (!accounts.isActive(email)) {
    throw new Error(`Nobody has the address "${email}"`)
  }
  const { clientId } = accounts.options
  const grant = { email, clientId, scopes, redirectUri: null, bringsRefreshToken: true }
  const code = accounts.codes.issue(grant, minutes * 60)
  if (code === null) throw new Error('Too many codes in a minute')
  return { code, scope: scopes.join(','), expires_in: minutes * 60 }
}
