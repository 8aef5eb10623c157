import { Agent } from 'undici'
import type { Dispatcher } from 'undici'
import { ConnectorError } from '#sdk'
import type { Auth, Http, HttpRequest, HttpResponse, Limits } from '#sdk'
import type { Egress } from './egress.js'
import { causeOf, remainingOf } from './limit_replies.js'
import { Places } from './places.js'
import { retryRefused } from './retry_refused.js'
import type { Sent } from './retry_refused.js'
import { sendRequest, type Received } from './send_request.js'
import type { Ports } from './messages.js'
import type { RequestHistory } from './requests/request_history.js'
import type { Answer } from './requests/request_note.js'

const DEFAULT_TIMEOUT = 60_000
/** From this price on a call asks first whether it may be sent. */
const DEAR = 25
const NEVER_LEFT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']

export interface HttpGrounds {
  connectionId: string
  runId: string | null
  /** Once aborted, nothing leaves any more. */
  signal: AbortSignal
  auth: Auth
  /** As the connector declares them. */
  limits: Limits | null
  egress: Egress
  ports: Pick<Ports, 'token' | 'quota'>
  /** Absent where nobody looks at single calls. */
  history?: RequestHistory | null
}

/** The only way out to HTTP: addresses checked, concurrency shared, credits counted, tokens added. */
export class GuardedHttp implements Http {
  readonly #grounds: HttpGrounds
  readonly #public: Agent
  readonly #listed = new Agent({ connections: 64, connect: { timeout: 10_000 } })
  readonly #places: Places
  #header: string | null = null
  #headerExpiresAt = 0

  constructor(grounds: HttpGrounds) {
    this.#grounds = grounds
    this.#places = new Places(grounds.connectionId, grounds.ports.quota)
    this.#public = new Agent({
      connections: 64,
      connect: { timeout: 10_000, lookup: grounds.egress.lookup },
    })
  }

  async request(request: HttpRequest): Promise<HttpResponse> {
    const authorized = request.authorize !== false && this.#grounds.auth.type === 'oauth2'
    const header = authorized ? await this.#authorization(null) : null
    const answer = await this.#patient(request, header)
    if (header === null || !(await this.#refusesToken(answer))) return answer
    this.#refund(request)
    return this.#patient(request, await this.#authorization(header))
  }

  close(): Promise<unknown> {
    this.#places.close()
    return Promise.all([this.#public.destroy(), this.#listed.destroy()])
  }

  async #authorization(stale: string | null): Promise<string> {
    const stillGood = this.#header !== null && Date.now() < this.#headerExpiresAt
    if (stillGood && this.#header !== null && this.#header !== stale) return this.#header
    const { connectionId, ports } = this.#grounds
    const { header, expiresAt } = await ports.token.get(connectionId, stale)
    this.#header = header
    this.#headerExpiresAt = expiresAt
    return header
  }

  async #refusesToken(answer: HttpResponse): Promise<boolean> {
    const { auth } = this.#grounds
    if (auth.type !== 'oauth2' || answer.status !== auth.expired.status) return false
    const text = await answer.text()
    return auth.expired.codes.some((code) => text.includes(`"${code}"`))
  }

  #patient(request: HttpRequest, header: string | null): Promise<HttpResponse> {
    return retryRefused(() => this.#limited(request, header), this.#grounds.signal)
  }

  async #limited(request: HttpRequest, header: string | null): Promise<Sent> {
    const { connectionId, runId, ports, signal } = this.#grounds
    const lane = request.lane ?? null
    const credits = request.credits ?? 0
    if (credits >= DEAR) await ports.quota.afford(connectionId, runId, credits)
    const place = await this.#places.take(lane)
    try {
      signal.throwIfAborted()
      if (credits > 0) ports.quota.spend(connectionId, runId, credits, 1)
      const answer = await this.#send(request, header)
      return { answer, refused: await this.#heed(answer, lane, credits) }
    } finally {
      this.#places.giveBack(lane, place)
    }
  }

  /** What a reply says of the limits is told to all who share them. A refused call cost nothing. */
  async #heed(
    answer: HttpResponse,
    lane: string | null,
    credits: number
  ): Promise<Sent['refused']> {
    const { connectionId, limits, ports } = this.#grounds
    const remaining = remainingOf(answer, limits)
    if (remaining !== null) ports.quota.told(connectionId, remaining)
    const cause = await causeOf(answer, limits)
    if (cause === null) return null
    this.#refund({ credits })
    ports.quota.refused(connectionId, lane, cause)
    return cause
  }

  /** A token that is no longer good stands for no account that could be charged either. */
  #refund({ credits = 0 }: Pick<HttpRequest, 'credits'>): void {
    const { connectionId, runId, ports } = this.#grounds
    if (credits > 0) ports.quota.spend(connectionId, runId, -credits, -1)
  }

  async #send(request: HttpRequest, token: string | null): Promise<HttpResponse> {
    const url = new URL(request.url)
    const note = this.#noting({ request, url, token })
    const timeout = request.timeout ?? DEFAULT_TIMEOUT
    try {
      const received = await sendRequest(this.#dispatcher(url), url, {
        method: request.method,
        headers: { ...request.headers, ...(token === null ? {} : { authorization: token }) },
        body: request.body,
        headersTimeout: timeout,
        bodyTimeout: timeout,
      })
      const { status, headers, bytes } = received
      note({ status, type: String(headers['content-type'] ?? ''), bytes }, null)
      return buffered(received)
    } catch (error) {
      note(null, codeOf(error))
      throw asConnectorError(error, url)
    }
  }

  #noting(sent: { request: HttpRequest; url: URL; token: string | null }) {
    const { history = null, connectionId } = this.#grounds
    const [at, begun] = [Date.now(), performance.now()]
    return (answer: Answer | null, error: string | null): void =>
      history?.note({ ...sent, connectionId, at, took: performance.now() - begun, answer, error })
  }

  #dispatcher(url: URL): Dispatcher {
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
    this.#grounds.egress.check(url.hostname, port)
    if (this.#grounds.egress.isListed(url.hostname, port)) return this.#listed
    if (url.protocol === 'https:') return this.#public
    throw new ConnectorError(
      'config',
      `${url.host} may only be called by https: plain http is for addresses that the operator lists in EGRESS_ALLOW`
    )
  }
}

function buffered({ status, headers, bytes }: Received): HttpResponse {
  return {
    status,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, String(value ?? '')])
    ),
    text: async () => bytes.toString(),
    json: async () => JSON.parse(bytes.toString()),
    bytes: async () => bytes,
  }
}

function codeOf(error: unknown): string {
  if (error instanceof ConnectorError) return error.kind
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error ? String(error.code) : error.name
}

function asConnectorError(error: unknown, url: URL): ConnectorError {
  if (error instanceof ConnectorError) return error
  const cause = error instanceof Error ? error : new Error(String(error))
  const code = codeOf(cause)
  const delivered = NEVER_LEFT.includes(code) ? 'no' : 'unknown'
  return new ConnectorError('transient', `${url.host} gave no answer (${code})`, {
    delivered,
    cause,
    detail: code,
  })
}
