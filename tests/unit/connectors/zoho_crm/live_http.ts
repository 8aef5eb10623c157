import { ConnectorError, type Http, type HttpRequest, type HttpResponse } from '#sdk'

export interface Meter {
  credits: number
  calls: HttpRequest[]
}

/** The server's client in small: adds the token, renews it once, counts what is declared. */
export class LiveHttp implements Http {
  readonly meter: Meter = { credits: 0, calls: [] }
  #token: Promise<string> | null = null

  constructor(readonly signIn: () => Promise<string>) {}

  async request(request: HttpRequest): Promise<HttpResponse> {
    const used = (this.#token ??= this.signIn())
    const reply = await this.#send(request, await used)
    if (reply.status !== 401) return reply
    if (this.#token === used) this.#token = this.signIn()
    return this.#send(request, await this.#token)
  }

  async #send(request: HttpRequest, token: string): Promise<HttpResponse> {
    this.meter.credits += request.credits ?? 0
    this.meter.calls.push(request)
    const headers = { ...request.headers, authorization: `Zoho-oauthtoken ${token}` }
    const body = request.body === undefined ? undefined : Buffer.from(request.body)
    try {
      const response = await fetch(request.url, { method: request.method, headers, body })
      const bytes = Buffer.from(await response.arrayBuffer())
      return answer(response.status, Object.fromEntries(response.headers), bytes)
    } catch (cause) {
      throw new ConnectorError('transient', 'No answer', { delivered: 'unknown', cause })
    }
  }
}

export function answer(
  status: number,
  headers: { [name: string]: string },
  bytes: Buffer
): HttpResponse {
  return {
    status,
    headers,
    text: async () => bytes.toString(),
    json: async () => JSON.parse(bytes.toString()),
    bytes: async () => bytes,
  }
}
