import type { SimulatorOptions } from '#simulators/zoho/options'
import { startZohoSimulator, type ZohoSimulator } from '#simulators/zoho/start_zoho_simulator'

export interface Json {
  readonly [key: string]: Json
}

export interface Answer {
  status: number
  headers: Headers
  body: Json
  /** `data` of the body. */
  rows: readonly Json[]
}

export class SimulatorClient {
  token = ''

  constructor(readonly sim: ZohoSimulator) {}

  get url() {
    return this.sim.url
  }

  form(changes: Record<string, string> = {}) {
    const { clientId, clientSecret, refreshToken } = this.sim.options
    return new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: clientSecret,
      refresh_token: refreshToken,
      ...changes,
    })
  }

  async signIn() {
    const { body } = await this.send('POST', '/oauth/v2/token', { body: this.form() })
    this.token = String(body.access_token)
    return body
  }

  /** Another person at the keyboard, by a self client's code. */
  async signInAs(person: string, scope = 'ZohoCRM.modules.ALL,ZohoCRM.bulk.ALL') {
    const minted = await this.post('/__simulator/self_client', { scope, person })
    const grant = { grant_type: 'authorization_code', code: String(minted.body.code) }
    const { body } = await this.send('POST', '/oauth/v2/token', { body: this.form(grant) })
    this.token = String(body.access_token)
  }

  async send(method: string, path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = new Headers(init.headers)
    if (this.token && !headers.has('authorization')) {
      headers.set('authorization', `Zoho-oauthtoken ${this.token}`)
    }
    const response = await fetch(this.url + path, { ...init, method, headers })
    const text = await response.text()
    const body = text === '' ? {} : JSON.parse(text)
    const rows = Array.isArray(body.data) ? body.data : []
    return { status: response.status, headers: response.headers, body, rows }
  }

  get(path: string, headers: Record<string, string> = {}) {
    return this.send('GET', path, { headers })
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}) {
    return this.send('POST', path, { body: JSON.stringify(body), headers })
  }

  put(path: string, body: unknown, headers: Record<string, string> = {}) {
    return this.send('PUT', path, { body: JSON.stringify(body), headers })
  }

  delete(path: string) {
    return this.send('DELETE', path)
  }

  deals(data: Record<string, unknown>[], more: Record<string, unknown> = {}) {
    return this.post('/crm/v8/Deals/upsert', { data, ...more })
  }
}

/** A simulator on a free port with a client that is signed in; closed by the test's clean-up. */
export async function openSimulator(
  cleanup: (close: () => Promise<void>) => void,
  options: Partial<SimulatorOptions> = {},
  running?: ZohoSimulator
) {
  const sim = running ?? (await startZohoSimulator(options))
  cleanup(() => sim.close())
  const client = new SimulatorClient(sim)
  await client.signIn()
  return client
}

export const deal = (number: number, more: Record<string, unknown> = {}) => ({
  Deal_Name: `Order ${number}`,
  Stage: 'Qualification',
  Order_Ref: `R-${number}`,
  ...more,
})

export const range = (length: number) => Array.from({ length }, (_, at) => at + 1)

export async function statusOf(answer: Promise<Answer>) {
  const { status } = await answer
  return status
}
