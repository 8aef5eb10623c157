import type { OAuthClient } from '#simulators/zoho/auth/oauth_client'
import type { SimulatorOptions } from '#simulators/zoho/options'
import { startZohoSimulator, type ZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import { SimulatorClient } from './open_simulator.js'

/** Another application of the same API console. */
export const SECOND: OAuthClient = {
  clientId: '1000.SECOND',
  clientSecret: 'fake-second-secret',
  redirectUris: [],
}

export const CALLBACK = 'http://127.0.0.1:3333/callback?from=zoho'
export const ADMIN = 'sim.admin@example.com'
export const WRITER = 'rosa.writer@example.com'
export const OTHER = 'otto.other@example.com'

const entities: Record<string, string> = {
  'amp': '&',
  'lt': '<',
  'gt': '>',
  'quot': '"',
  '#39': "'",
}
const plain = (text: string) =>
  text.replace(/&(#?\w+);/g, (mark, name: string) => entities[name] ?? mark)

/** A browser at the accounts server, and the application that sent it there. */
export class ConsentClient {
  readonly zoho: SimulatorClient

  constructor(readonly sim: ZohoSimulator) {
    this.zoho = new SimulatorClient(sim)
  }

  question(changes: Record<string, string> = {}) {
    return new URLSearchParams({
      response_type: 'code',
      client_id: this.sim.options.clientId,
      scope: 'ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,ZohoCRM.org.READ,ZohoCRM.users.READ',
      redirect_uri: CALLBACK,
      access_type: 'offline',
      prompt: 'consent',
      state: 'a state & more',
      ...changes,
    })
  }

  open(question = this.question()) {
    return fetch(`${this.sim.url}/oauth/v2/auth?${question}`, { redirect: 'manual' })
  }

  /** Presses a button of the page. */
  async press(html: string, decision: string, person = ADMIN) {
    const hidden = html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)
    const body = new URLSearchParams([...hidden].map(([, name, value]) => [name, plain(value)]))
    body.set('person', person)
    body.set('decision', decision)
    const action = /<form method="post" action="([^"]*)">/.exec(html)?.[1]
    return fetch(this.sim.url + action, { method: 'POST', body, redirect: 'manual' })
  }

  /** The parameters that the callback is called with. */
  async consent(changes: Record<string, string> = {}, person = ADMIN) {
    const page = await this.open(this.question(changes))
    const answer = await this.press(await page.text(), 'accept', person)
    const target = answer.headers.get('location')
    if (target === null) throw new Error(`${answer.status}: ${await answer.text()}`)
    return new URL(target).searchParams
  }

  async redeem(code: string | null, changes: Record<string, string> = {}) {
    const grant = { grant_type: 'authorization_code', code: code ?? '', redirect_uri: CALLBACK }
    const body = this.zoho.form({ ...grant, ...changes })
    body.delete('refresh_token')
    const answer = await this.zoho.send('POST', '/oauth/v2/token', { body })
    return answer.body
  }

  /** Signs a person in through the page. */
  async connect(changes: Record<string, string> = {}, person = ADMIN, client?: OAuthClient) {
    const { clientId, clientSecret } = client ?? this.sim.options
    const callback = await this.consent({ client_id: clientId, ...changes }, person)
    const credentials = { client_id: clientId, client_secret: clientSecret }
    const body = await this.redeem(callback.get('code'), credentials)
    return { access: String(body.access_token), refresh: String(body.refresh_token ?? ''), body }
  }

  send(refreshToken: string) {
    const body = this.zoho.form({ refresh_token: refreshToken })
    return this.zoho.send('POST', '/oauth/v2/token', { body })
  }

  async refresh(refreshToken: string) {
    const { body } = await this.send(refreshToken)
    return body
  }

  get(path: string, token: string) {
    return this.zoho.get(path, { authorization: `Zoho-oauthtoken ${token}` })
  }

  async status(path: string, token: string) {
    const { status } = await this.get(path, token)
    return status
  }

  /** The code that a consent brings. */
  async code(changes: Record<string, string> = {}, person = ADMIN) {
    const callback = await this.consent(changes, person)
    return callback.get('code')
  }
}

export async function openConsent(
  cleanup: (close: () => Promise<void>) => void,
  options: Partial<SimulatorOptions> = {}
) {
  const sim = await startZohoSimulator(options)
  cleanup(() => sim.close())
  return new ConsentClient(sim)
}
