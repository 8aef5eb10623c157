import { ApiFault } from '../server/api_fault.js'
import type { Accounts } from './accounts.js'

const invalid = () => new ApiFault(401, 'INVALID_TOKEN', 'invalid oauth token')

/** The access token of a call and what it stands for. */
export function authenticate(accounts: Accounts, header: string | undefined) {
  if (!header) throw new ApiFault(401, 'AUTHENTICATION_FAILURE', 'Authentication failed')
  const found = /^(Zoho-oauthtoken|Bearer) (\S+)$/.exec(header)
  if (!found || (found[1] === 'Bearer' && !accounts.options.acceptBearer)) throw invalid()
  const held = accounts.tokens.find(found[2])
  if (!held) throw invalid()
  return { token: found[2], held }
}
