import type { Reply } from '../server/call.js'
import type { OrgHolder } from '../control/serve_control.js'
import type { Accounts } from './accounts.js'
import type { Grant } from './grant.js'
import { isKnownScope, splitScopes } from './scopes.js'
import { throttled } from './throttled.js'

/** A grant that was found good, and what its access tokens are counted by. */
interface Granted {
  grant: Grant
  source: string
  refreshToken?: string
}

type Way = (holder: OrgHolder, form: URLSearchParams) => Granted | string

const byRefreshToken: Way = ({ org }, form) => {
  const grant = org.accounts.grants.find(form.get('refresh_token'))
  if (!grant || grant.clientId !== form.get('client_id')) return 'invalid_code'
  if (!org.accounts.isActive(grant.email)) return 'invalid_code'
  return { grant, source: grant.refreshToken }
}

const byCode: Way = ({ org }, form) => {
  const { accounts } = org
  const text = form.get('code') ?? ''
  if (accounts.useReadyCode(text)) {
    const { refreshToken } = accounts.options
    return { grant: accounts.readyGrant, source: refreshToken, refreshToken }
  }
  const code = accounts.codes.find(text)
  if (!code || code.clientId !== form.get('client_id')) return 'invalid_code'
  if (code.redirectUri !== null && code.redirectUri !== form.get('redirect_uri')) {
    return 'invalid_redirect_uri'
  }
  accounts.codes.use(text)
  const { email, clientId, scopes } = code
  const grant: Grant = { email, clientId, scopes }
  if (!code.bringsRefreshToken) return { grant, source: `${email}|${clientId}` }
  if (!accounts.mayGrant(email)) return 'throttled'
  const { refreshToken } = accounts.grant(grant)
  return { grant, source: refreshToken, refreshToken }
}

/** A self client by itself; it acts as its owner, the first person of the org. */
const byClient: Way = (holder, form) => {
  const clientId = form.get('client_id') ?? ''
  const scopes = splitScopes(form.get('scope') ?? '')
  if (scopes.length === 0 || !scopes.every(isKnownScope)) return 'invalid_scope'
  const zgid = /^ZohoCRM\.(\d+)$/.exec(form.get('soid') ?? '')?.[1]
  const org = holder.orgs.find((known) => known.zgid === zgid)
  if (!org) return 'missing_org_info'
  return { grant: { email: org.user.email, clientId, scopes }, source: clientId }
}

const ways: Record<string, Way> = {
  authorization_code: byCode,
  refresh_token: byRefreshToken,
  client_credentials: byClient,
}

function checkGrant(holder: OrgHolder, form: URLSearchParams): Granted | string {
  const way = ways[form.get('grant_type') ?? '']
  if (!way) return 'unsupported_grant_type'
  const client = holder.org.accounts.client(form.get('client_id'))
  if (!client) return 'invalid_client'
  if (form.get('client_secret') !== client.clientSecret) return 'invalid_client_secret'
  return way(holder, form)
}

function answer(accounts: Accounts, { grant, source, refreshToken }: Granted, url: string) {
  const { tokenLifeSeconds: seconds, legacyExpiry } = accounts.options
  return {
    access_token: accounts.tokens.mint(grant, source),
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    ...(grant.scopes === null ? {} : { scope: grant.scopes.join(' ') }),
    api_domain: url,
    token_type: 'Bearer',
    ...(legacyExpiry
      ? { expires_in: seconds * 1000, expires_in_sec: seconds }
      : { expires_in: seconds }),
  }
}

/** Zoho answers a refused grant with HTTP 200; only a throttled one is a 400. */
export function grantToken(
  holder: OrgHolder,
  form: URLSearchParams,
  throttleAs?: 200 | 400
): Reply {
  const { accounts, stats, url } = holder.org
  const throttle = (status: number) => {
    stats.refuse('TOKEN_THROTTLED')
    return { status, body: throttled(accounts.options) }
  }
  if (throttleAs) return throttle(throttleAs)
  const granted = checkGrant(holder, form)
  if (granted === 'throttled') return throttle(accounts.options.throttleStatus)
  if (typeof granted === 'string') {
    stats.refuse(granted)
    return { status: 200, body: { error: granted } }
  }
  if (!accounts.mayCreate(granted.source)) return throttle(accounts.options.throttleStatus)
  return { status: 200, body: answer(accounts, granted, url) }
}
