import type { Accounts } from './accounts.js'
import type { OAuthClient } from './oauth_client.js'
import { isKnownScope, splitScopes } from './scopes.js'

export interface ConsentRequest {
  client: OAuthClient
  redirectUri: string
  scopes: readonly string[]
  isOffline: boolean
  /** Asked for consent even if it was given before, and so for a new refresh token. */
  isPrompted: boolean
  state: string | null
}

const LOCAL = new Set(['127.0.0.1', 'localhost', '[::1]'])

function isRegistered({ redirectUris }: OAuthClient, redirectUri: string) {
  if (redirectUris.length > 0) return redirectUris.includes(redirectUri)
  return URL.canParse(redirectUri) && LOCAL.has(new URL(redirectUri).hostname)
}

/** What is asked; a word for the error page when it cannot be asked so. */
export function readConsentRequest(
  accounts: Accounts,
  form: URLSearchParams
): ConsentRequest | string {
  const client = accounts.client(form.get('client_id'))
  if (!client) return 'invalid_client'
  const redirectUri = form.get('redirect_uri') ?? ''
  if (!isRegistered(client, redirectUri)) return 'invalid_redirect_uri'
  if (form.get('response_type') !== 'code') return 'invalid_response_type'
  const scopes = (form.get('scope') ?? '').split(',').filter(Boolean)
  if (scopes.length === 0 || !scopes.every(isKnownScope)) return 'invalid_scope'
  return {
    client,
    redirectUri,
    scopes,
    isOffline: form.get('access_type') === 'offline',
    isPrompted: splitScopes(form.get('prompt') ?? '').includes('consent'),
    state: form.get('state'),
  }
}
