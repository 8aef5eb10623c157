import type { SimulatedOrg } from '../simulated_org.js'

const throttled = {
  error_description:
    'You have made too many requests continuously. Please try again after some time.',
  error: 'Access Denied',
  status: 'failure',
}

const refused = (error: string) => ({ status: 200, body: { error } })

function checkGrant({ options, tokens }: SimulatedOrg, form: URLSearchParams) {
  const grant = form.get('grant_type')
  if (grant !== 'refresh_token' && grant !== 'authorization_code') {
    return 'unsupported_grant_type'
  }
  if (form.get('client_id') !== options.clientId) return 'invalid_client'
  if (form.get('client_secret') !== options.clientSecret) return 'invalid_client_secret'
  if (grant === 'refresh_token') {
    return form.get('refresh_token') === options.refreshToken ? null : 'invalid_code'
  }
  return tokens.redeemCode(form.get('code')) ? null : 'invalid_code'
}

/** Zoho answers a refused grant with HTTP 200; only a throttled one is a 400. */
export function grantToken(org: SimulatedOrg, form: URLSearchParams, throttleAs?: 200 | 400) {
  if (throttleAs) {
    org.stats.refuse('TOKEN_THROTTLED')
    return { status: throttleAs, body: throttled }
  }
  const error = checkGrant(org, form)
  if (error) {
    org.stats.refuse(error)
    return refused(error)
  }
  if (org.tokens.isThrottled()) {
    org.stats.refuse('TOKEN_THROTTLED')
    return { status: 400, body: throttled }
  }
  const body: Record<string, unknown> = {
    access_token: org.tokens.mint(),
    api_domain: org.url,
    token_type: 'Bearer',
    expires_in: org.options.tokenLifeSeconds,
  }
  if (form.get('grant_type') === 'authorization_code') {
    body.refresh_token = org.options.refreshToken
  }
  return { status: 200, body }
}
