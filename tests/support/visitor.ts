import type User from '#domain/tenants/user'
import { PASSWORD } from '#tests/support/app'
import { baseUrl } from '#tests/support/base_url'

interface Answer {
  status: number
  /** Path of a redirect. */
  location: string | null
  /** The Inertia page, where the answer is one. */
  page: { component: string; props: Record<string, unknown> } | null
  body: string
}

/** A browser without a screen: it keeps cookies, sends the CSRF token back and follows nothing by itself. */
export class Visitor {
  readonly #cookies = new Map<string, string>()
  /** The page that a form is sent from; the address itself by default. */
  referer: string | null = null

  static async signedInAs(user: User): Promise<Visitor> {
    const visitor = new Visitor()
    await visitor.get('/login')
    await visitor.post('/login', { email: user.email, password: PASSWORD })
    return visitor
  }

  get cookieList(): Array<{ name: string; value: string }> {
    return [...this.#cookies].map(([name, value]) => ({ name, value }))
  }

  /** Somebody with the same cookies. */
  copy(): Visitor {
    const other = new Visitor()
    for (const [name, value] of this.#cookies) other.#cookies.set(name, value)
    return other
  }

  get(path: string): Promise<Answer> {
    return this.#send('GET', path)
  }

  /** Where an address sends the visitor on to. */
  async leadsTo(path: string): Promise<string | null> {
    const { location } = await this.get(path)
    return location
  }

  async statusOf(path: string): Promise<number> {
    const { status } = await this.get(path)
    return status
  }

  async pageAt(path: string): Promise<Answer['page']> {
    const { page } = await this.get(path)
    return page
  }

  post(path: string, body: object = {}): Promise<Answer> {
    return this.#send('POST', path, body)
  }

  put(path: string, body: object = {}): Promise<Answer> {
    return this.#send('PUT', path, body)
  }

  delete(path: string): Promise<Answer> {
    return this.#send('DELETE', path, {})
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(name)
  }

  /** All cookies, as a browser sends them. */
  cookies(): string {
    return this.cookieList.map(({ name, value }) => `${name}=${value}`).join('; ')
  }

  setCookie(name: string, value: string): void {
    this.#cookies.set(name, value)
  }

  /** Without the token that proves a form of ours. */
  forgetCsrfToken(): void {
    this.#cookies.delete('XSRF-TOKEN')
  }

  async #send(method: string, path: string, body?: object): Promise<Answer> {
    const token = this.#cookies.get('XSRF-TOKEN')
    const response = await fetch(new URL(path, baseUrl()), {
      method,
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        cookie: this.cookies(),
        referer: this.referer ?? baseUrl() + path,
        ...(token ? { 'x-xsrf-token': decodeURIComponent(token) } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      body: body ? JSON.stringify(body) : undefined,
    })
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie)
    const text = await response.text()
    return {
      status: response.status,
      location: response.headers.get('location'),
      page: pageOf(text),
      body: text,
    }
  }

  #keep(cookie: string): void {
    const [pair = ''] = cookie.split(';')
    const at = pair.indexOf('=')
    this.#cookies.set(pair.slice(0, at), pair.slice(at + 1))
  }
}

function pageOf(html: string): Answer['page'] {
  const json = /<script data-page="app" type="application\/json">(.*?)<\/script>/s.exec(html)?.[1]
  return json === undefined ? null : JSON.parse(json)
}
