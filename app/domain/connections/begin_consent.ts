import { appUrl } from '#config/app'
import Authorization, { digest } from '#domain/connections/authorization'
import type Connection from '#domain/connections/connection'
import type { ConnectionDraft } from '#domain/connections/connection_draft'
import Consent from '#domain/connections/consent'
import { findConsentLimit } from '#domain/connections/consent_limit'
import type { ConsentLimit } from '#domain/connections/consent_limit'
import type { Declaration } from '#domain/connections/declaration'
import { fillTemplate } from '#domain/connections/oauth_call'
import { oauth2 } from '#domain/connections/request_token'
import { draftScopes } from '#domain/connections/try_sign_in'
import type Tenant from '#domain/tenants/tenant'

export interface ConsentWish {
  tenant: Tenant
  draft: ConnectionDraft
  declaration: Declaration
  connection: Connection | null
  userId: string
  sessionId: string
}

export type Begun = { url: string } | { limit: ConsentLimit }

/** Where the vendor sends people back to; it stands in the vendor's console letter by letter. */
export const redirectUri = () => `${appUrl.replace(/\/+$/, '')}/oauth/callback`

/** The address at which a person consents; or the connection that one more consent would end. */
export async function beginConsent(wish: ConsentWish): Promise<Begun> {
  const { tenant, draft, declaration, connection, userId, sessionId } = wish
  const clientId = draft.secrets.clientId ?? ''
  if (!draft.isOtherUser) {
    const of = { user: await userOf(connection, clientId), own: connection?.id ?? null }
    const limit = await findConsentLimit(declaration, clientId, of)
    if (limit !== null) return { limit }
  }
  const by = { userId, sessionId, connectionId: connection?.id ?? null }
  const { state } = await Consent.begin(tenant, draft, by)
  const { authorizeUrl, authorizeParams, scopeSeparator = ' ' } = oauth2(declaration)
  const url = new URL(fillTemplate(authorizeUrl, declaration.complete(draft.settings)))
  const query = {
    response_type: 'code',
    client_id: clientId,
    scope: draftScopes(draft, declaration).join(scopeSeparator),
    redirect_uri: redirectUri(),
    ...authorizeParams,
    state,
  }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return { url: url.href }
}

/** Whoever consented before will most likely do so again. */
async function userOf(connection: Connection | null, clientId: string): Promise<string | null> {
  const held = await Authorization.find(connection?.id ?? '')
  return held?.clientHash === digest(clientId) ? held.vendorUser : null
}
