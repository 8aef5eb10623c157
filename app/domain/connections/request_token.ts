import type { Declaration } from '#domain/connections/declaration'
import { fillTemplate, oauthCall } from '#domain/connections/oauth_call'
import type { OauthReply } from '#domain/connections/oauth_call'
import { ConnectorError } from '#sdk'
import type { Value } from '#sdk'

/** Who asks for a token, and with what. */
export interface TokenAsker {
  name: string
  settings: { [name: string]: Value }
  secrets: { [name: string]: string }
  /** For the grant client_credentials alone. */
  scopes?: string[]
}

export interface TokenReply {
  accessToken: string
  /** Seconds. */
  expiresIn: number
  refreshToken: string | null
  /** What was granted, where the reply tells. */
  scopes: string[] | null
  /** What the reply says of the connection's settings. */
  settings: { [name: string]: Value }
}

const THROTTLED_FOR = 10 * 60_000

/** Asks the vendor for an access token, by a refresh token or, without one, as the client itself. */
export function requestToken(asker: TokenAsker, declaration: Declaration): Promise<TokenReply> {
  const { refreshToken } = asker.secrets
  if (refreshToken) {
    return ask(asker, declaration, { grant_type: 'refresh_token', refresh_token: refreshToken })
  }
  const { clientCredentials, scopeSeparator = ' ' } = oauth2(declaration)
  if (clientCredentials === undefined) {
    throw new ConnectorError('auth', `"${asker.name}" has no refresh token: sign in again`)
  }
  const params = Object.entries(clientCredentials.params).map(([name, template]) => [
    name,
    fillTemplate(template, declaration.complete(asker.settings)),
  ])
  return ask(asker, declaration, {
    grant_type: 'client_credentials',
    scope: (asker.scopes ?? []).join(scopeSeparator),
    ...Object.fromEntries(params),
  })
}

/** Exchanges a code; one that was copied by hand has no redirect address. */
export function exchangeCode(
  asker: TokenAsker,
  declaration: Declaration,
  code: string,
  redirectUri: string | null
): Promise<TokenReply> {
  return ask(asker, declaration, {
    grant_type: 'authorization_code',
    code,
    ...(redirectUri === null ? {} : { redirect_uri: redirectUri }),
  })
}

export function oauth2({ auth, title }: Declaration) {
  if (auth.type !== 'oauth2') throw new Error(`${title} does not use oauth2`)
  return auth
}

/** A reply is good if and only if it holds an access token, whatever its status. */
async function ask(
  asker: TokenAsker,
  declaration: Declaration,
  grant: { [name: string]: string }
): Promise<TokenReply> {
  const { tokenUrl, keep = {} } = oauth2(declaration)
  const { secrets } = asker
  const url = fillTemplate(tokenUrl, declaration.complete(asker.settings))
  const client = { client_id: secrets.clientId ?? '', client_secret: secrets.clientSecret ?? '' }
  const reply = await oauthCall(url, declaration.hosts, { ...grant, ...client })
  const { access_token: accessToken, refresh_token: refreshToken, scope } = reply.body
  if (typeof accessToken !== 'string') throw refusal(asker, grant.grant_type, reply)
  return {
    accessToken,
    expiresIn: seconds(reply.body),
    refreshToken: typeof refreshToken === 'string' ? refreshToken : null,
    scopes: typeof scope === 'string' ? scope.split(/[\s,]+/).filter(Boolean) : null,
    settings: Object.fromEntries(
      Object.entries(keep).flatMap(([field, setting]) => {
        const value = reply.body[field]
        return typeof value === 'string' ? [[setting, value]] : []
      })
    ),
  }
}

/** Old replies hold the seconds in `expires_in_sec` and milliseconds in `expires_in`. */
function seconds(body: OauthReply['body']): number {
  return Number(body.expires_in_sec ?? body.expires_in ?? 3600)
}

/** A throttle is known by its shape, since its texts are translated; some come with status 200. */
function refusal({ name }: TokenAsker, grant: string | undefined, { status, body }: OauthReply) {
  const code = typeof body.error === 'string' ? body.error : ''
  const isCode = /^[a-z_]+$/.test(code)
  if (status >= 500) {
    return new ConnectorError('transient', `The token server of "${name}" answered ${status}`)
  }
  const isSentence = code !== '' && !isCode
  if (body.status === 'failure' || isSentence || (status === 400 && !isCode) || status === 429) {
    return new ConnectorError(
      'rate_limited',
      `The token server of "${name}" asks to wait: too many tokens were requested`,
      { retryAfter: THROTTLED_FOR }
    )
  }
  const mend = grant === 'authorization_code' ? { ...MEND, ...MEND_CODE } : MEND
  return new ConnectorError(
    'auth',
    `"${name}" was refused by the token server (${code || status}): ${mend[code] ?? mend.other}`,
    { detail: code }
  )
}

const MEND: { [code: string]: string } = {
  invalid_code:
    'the refresh token is revoked, or belongs to another data centre; sign in again or choose the right data centre',
  invalid_client:
    'the client ID is unknown in this data centre; check the client ID and the data centre',
  invalid_client_secret: 'the client secret is wrong; copy it again from the vendor’s console',
  invalid_redirect_uri:
    'the client does not know our redirect address; add it to the client in the vendor’s console, letter by letter',
  invalid_scope: 'the client may not ask for one of the scopes',
  missing_org_info: 'the org id is wrong, or the client’s owner does not belong to that org',
  other: 'check client ID, client secret, refresh token and data centre',
}

const MEND_CODE: { [code: string]: string } = {
  invalid_code:
    'the code has been used, is too old, or belongs to another client; ask for a new one and use it at once',
  other: 'check client ID, client secret and data centre, and ask for a new code',
}
