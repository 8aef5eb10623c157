import type { ZohoSimulator } from '#simulators/zoho/start_zoho_simulator'

/** An access token of the simulated org, got as the server gets it. */
export async function signIn({ options, url }: ZohoSimulator): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: options.clientId,
    client_secret: options.clientSecret,
    refresh_token: options.refreshToken,
  })
  const response = await fetch(`${url}/oauth/v2/token`, { method: 'POST', body })
  const answer: unknown = await response.json()
  return String(Reflect.get(Object(answer), 'access_token'))
}
