import type { OrgHolder } from '../control/serve_control.js'
import { ApiFault } from '../server/api_fault.js'
import type { Caller } from '../server/call.js'
import { authenticate } from './authenticate.js'

/** The org and the user that the access token stands for. */
export function findCaller({ org: { accounts }, orgs }: OrgHolder, header: string | undefined) {
  const { token, held } = authenticate(accounts, header)
  const isMember = accounts.isActive(held.email)
  for (const org of isMember ? orgs : []) {
    const user = org.member(held.email)?.user
    const caller: Caller | undefined = user && { user, ...held }
    if (caller) return { token, org, caller }
  }
  throw new ApiFault(401, 'INVALID_TOKEN', 'invalid oauth token')
}
