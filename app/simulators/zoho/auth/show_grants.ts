import type { SimulatedOrg } from '../simulated_org.js'

/** Refresh tokens in order of birth, without the tokens themselves. */
export function showGrants({ accounts }: SimulatedOrg) {
  const grants = accounts.grants.list.map((grant) => ({
    person: grant.email,
    clientId: grant.clientId,
    scopes: grant.scopes ?? 'all',
    createdAt: new Date(grant.createdAt).toISOString(),
    accessTokens: accounts.tokens.countOf(grant.refreshToken),
    isReadyMade: grant.refreshToken === accounts.options.refreshToken,
  }))
  return { grants }
}
