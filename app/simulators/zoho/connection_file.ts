import type { SimulatorOptions } from './options.js'

/** The connection as `connection:apply` reads it; secrets are names of the environment. */
export function connectionFile(url: string, name = 'zoho') {
  return [
    `name: ${name}`,
    'connector: zoho_crm',
    `settings: { accountsUrl: '${url}', uploadUrl: '${url}' }`,
    'secrets:',
    '  clientId: $ZOHO_CLIENT_ID',
    '  clientSecret: $ZOHO_CLIENT_SECRET',
    '  refreshToken: $ZOHO_REFRESH_TOKEN',
    '',
  ].join('\n')
}

/** What those names must hold to open this simulator. */
export function connectionEnvironment(options: SimulatorOptions) {
  return {
    ZOHO_CLIENT_ID: options.clientId,
    ZOHO_CLIENT_SECRET: options.clientSecret,
    ZOHO_REFRESH_TOKEN: options.refreshToken,
  }
}

/** What the browser's way needs: the client, where to ask, and as whom one may answer. */
export function browserAccess(url: string, options: SimulatorOptions) {
  return {
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    authorizeUrl: `${url}/oauth/v2/auth`,
    tokenUrl: `${url}/oauth/v2/token`,
    redirectUris: options.redirectUris,
    people: options.people
      .filter(({ status = 'active' }) => status === 'active')
      .map(({ name, email, org }) => ({ name, email, org })),
  }
}
