import Authorization, { digest } from '#domain/connections/authorization'
import type { Declaration } from '#domain/connections/declaration'
import { fillTemplate, oauthCall } from '#domain/connections/oauth_call'
import { ConnectorError } from '#sdk'
import type { Value } from '#sdk'

/** Hands a refresh token back to the vendor. A sentence says what came of it, for the audit trail. */
export async function revokeGrant(
  declaration: Declaration,
  settings: { [name: string]: Value },
  refreshToken: string | undefined
): Promise<string> {
  const { auth } = declaration
  if (auth.type !== 'oauth2' || auth.revokeUrl === undefined || !refreshToken) {
    return 'nothing to revoke'
  }
  const others = await Authorization.query().where('tokenHash', digest(refreshToken)).first()
  if (others !== null) return 'kept: another connection uses the same refresh token'
  try {
    const address = fillTemplate(auth.revokeUrl, declaration.complete(settings))
    const { status, body } = await oauthCall(address, declaration.hosts, { token: refreshToken })
    if (body.status === 'success') return 'revoked'
    const said = typeof body.error === 'string' ? body.error : `status ${status}`
    return `not revoked: the vendor answered ${said}`
  } catch (error) {
    if (error instanceof ConnectorError || error instanceof TypeError) {
      return `not revoked: ${error.message}`
    }
    throw error
  }
}
