import type { Reply } from '../server/call.js'
import type { SimulatedOrg } from '../simulated_org.js'
import { consentPage } from './consent_page.js'
import { readConsentRequest, type ConsentRequest } from './consent_request.js'
import { escapeHtml, htmlPage } from './html_page.js'

const reasons: Record<string, string> = {
  invalid_client: 'Invalid Client: no client has this id.',
  invalid_redirect_uri: 'Invalid Redirect Uri: it is not the one registered for the client.',
  invalid_response_type: 'Invalid Response Type: it must be "code".',
  invalid_scope: 'Scope does not exist: give those of the API, with commas between them.',
  unknown_person: 'Nobody by that address can sign in here.',
  too_many_codes: 'You have made too many requests continuously. Please try again later.',
}

function errorPage({ stats }: SimulatedOrg, error: string) {
  stats.refuse(error)
  const content = `<h1>Error occurred</h1>\n<p>${escapeHtml(reasons[error])}</p>\n<p><code>${error}</code></p>`
  return htmlPage('Error: simulated Zoho Accounts', content, 400)
}

function sendBack({ redirectUri, state }: ConsentRequest, answer: Record<string, string>): Reply {
  const target = new URL(redirectUri)
  const given = state === null ? answer : { state, ...answer }
  for (const [name, value] of Object.entries(given)) target.searchParams.set(name, value)
  return { status: 302, headers: { 'Location': target.href, 'Cache-Control': 'no-store' } }
}

function accept(org: SimulatedOrg, request: ConsentRequest, email: string) {
  const { accounts, url } = org
  const { client, redirectUri, scopes, isOffline, isPrompted } = request
  const { clientId } = client
  if (!accounts.isActive(email)) {
    return errorPage(org, 'unknown_person')
  }
  const isRepeat = accounts.consent(email, clientId)
  const bringsRefreshToken = isOffline && (isPrompted || !isRepeat)
  const code = accounts.codes.issue({ email, clientId, scopes, redirectUri, bringsRefreshToken })
  if (code === null) return errorPage(org, 'too_many_codes')
  const { location, accountsServer } = accounts.options
  return sendBack(request, { code, location, 'accounts-server': accountsServer ?? url })
}

/** GET asks; POST is the answer of the page. */
export function authorize(org: SimulatedOrg, method: string, form: URLSearchParams): Reply {
  const { accounts } = org
  const request = readConsentRequest(accounts, form)
  if (typeof request === 'string') return errorPage(org, request)
  const { consent } = accounts.options
  const decision = method === 'POST' ? form.get('decision') : consent
  if (decision === 'ask') return consentPage(accounts.people, request, form)
  if (decision !== 'accept') return sendBack(request, { error: 'access_denied' })
  return accept(org, request, form.get('person') ?? accounts.people[0].email)
}
