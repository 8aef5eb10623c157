import Authorization from '#domain/connections/authorization'
import Connection from '#domain/connections/connection'
import type { Declaration } from '#domain/connections/declaration'

/** The connections that one more consent would end, and whose consents are used up. */
export interface ConsentLimit {
  userName: string
  most: number
  endangered: Connection[]
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
      endangered: await connectionsWith(oldest),
    }
  }
  return null
}

/** A token that was pasted into two connections is one token. */
function firstOfEach(tokens: Authorization[]): Authorization[] {
  return [...new Map(tokens.toReversed().map((each) => [each.tokenHash, each])).values()].reverse()
}

async function connectionsWith({ connectionId, tokenHash }: Authorization): Promise<Connection[]> {
  const sharing =
    tokenHash === null ? [] : await Authorization.query().where('tokenHash', tokenHash)
  const ids = new Set([connectionId, ...sharing.map((each) => each.connectionId)])
  return Connection.query().whereIn('id', [...ids])
}

/** Names them, but none of another tenant. */
export function endangeredNames({ endangered }: ConsentLimit, tenantId: string): string {
  const own = endangered.filter((each) => each.tenantId === tenantId)
  const names = own.map(({ name }) => `"${name}"`)
  if (own.length < endangered.length) names.push('a connection of another tenant')
  return names.join(' and ')
}
