import type { ZohoSimulator } from '#simulators/zoho/start_zoho_simulator'

/** Somebody who changes deals in a simulated org, beside the server under test. */
export class Person {
  readonly #url: string
  readonly #authorization: string

  constructor(url: string, authorization: string) {
    this.#url = url
    this.#authorization = authorization
  }

  static async signedInTo({ url, options }: ZohoSimulator): Promise<Person> {
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: options.clientId,
      client_secret: options.clientSecret,
      refresh_token: options.refreshToken,
    })
    const reply = await fetch(`${url}/oauth/v2/token`, { method: 'POST', body: form })
    const answer: unknown = await reply.json()
    return new Person(url, `Zoho-oauthtoken ${String(Reflect.get(Object(answer), 'access_token'))}`)
  }

  /** Ids of the new deals. */
  async create(count: number, name = 'Deal'): Promise<string[]> {
    const ids: string[] = []
    for (let from = 0; from < count; from += 100) {
      const size = Math.min(100, count - from)
      const data = Array.from({ length: size }, (_, at) => ({
        Deal_Name: `${name} ${from + at}`,
        Stage: 'Qualification',
      }))
      ids.push(...(await this.#send('POST', '/Deals', { data })))
    }
    return ids
  }

  createLead(name: string): Promise<string[]> {
    return this.#send('POST', '/Leads', { data: [{ Last_Name: name, Company: name }] })
  }

  createContacts(people: Array<{ [field: string]: unknown }>): Promise<string[]> {
    return this.#send('POST', '/Contacts', { data: people })
  }

  rename(id: string, name: string): Promise<string[]> {
    return this.#send('PUT', '/Deals', { data: [{ id, Deal_Name: name }] })
  }

  stage(id: string, stage: string): Promise<string[]> {
    return this.#send('PUT', '/Deals', { data: [{ id, Stage: stage }] })
  }

  remove(ids: string[]): Promise<string[]> {
    return this.#send('DELETE', `/Deals?ids=${ids.join(',')}`)
  }

  /** All deals of the org, id to name. */
  async names(field = 'id'): Promise<Map<string, string>> {
    const columns = [...new Set(['id', field, 'Deal_Name'])].join(', ')
    const query = `select ${columns} from Deals where id is not null limit 2000`
    const reply = await this.#call('POST', '/coql', { select_query: query })
    const rows = reply === null ? [] : Reflect.get(Object(reply), 'data')
    return new Map(
      rows.map((row: { [name: string]: string }) => [String(row[field]), row.Deal_Name])
    )
  }

  async #send(method: string, path: string, body?: object): Promise<string[]> {
    const reply = await this.#call(method, path, body)
    const rows: Array<{ details: { id: string } }> = Reflect.get(Object(reply), 'data')
    return rows.map(({ details }) => details.id)
  }

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.#url}/crm/v8${path}`, {
      method,
      headers: { authorization: this.#authorization },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
}
