import Authorization from '#domain/connections/authorization'
import Connection from '#domain/connections/connection'
import type { Declaration } from '#domain/connections/declaration'

/** The connection that one more consent would end, and whose consents are used up. */
export interface ConsentLimit {
  userName: string
  most: number
  endangered: Connection
}

/**
 * Whether a vendor user has as many refresh tokens of a client as may live. Before a consent the
 * user is not known: then the fullest user of the client counts.
 */
export async function findConsentLimit(
  declaration: Declaration,
  clientId: string,
  { user, own }: { user: string | null; own: string | null }
): Promise<ConsentLimit | null> {
  const { auth } = declaration
  if (auth.type !== 'oauth2' || auth.mostConsents === undefined) return null
  const held = await Authorization.ofClient(clientId)
  const byUser = Map.groupBy(
    held.filter(({ vendorUser }) => vendorUser !== null && (user === null || vendorUser === user)),
    ({ vendorUser }) => String(vendorUser)
  )
  for (const tokens of byUser.values()) {
    const distinct = firstOfEach(tokens)
    const [oldest] = distinct
    if (distinct.length < auth.mostConsents || oldest === undefined) continue
    if (oldest.connectionId === own) continue
    return {
      userName: oldest.vendorUserName ?? String(oldest.vendorUser),
      most: auth.mostConsents,
      endangered: await Connection.findOrFail(oldest.connectionId),
    }
  }
  return null
}

/** A token that was pasted into two connections is one token. */
function firstOfEach(tokens: Authorization[]): Authorization[] {
  return [...new Map(tokens.toReversed().map((each) => [each.tokenHash, each])).values()].reverse()
}
