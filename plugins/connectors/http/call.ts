import { ConnectorError, type Context, type HttpRequest, type Value } from '#sdk'
import { headersOf } from './headers.js'
import { retryAfter } from './retry_after.js'
import { withoutSecrets } from './without_secrets.js'

export interface Reply {
  status: number
  headers: { [name: string]: string }
  text: string
  /** Undefined where the reply is no JSON. */
  body: Value | undefined
}

/** One call. What says nothing of its records is thrown, by what should be done about it. */
export async function call(
  ctx: Context,
  request: HttpRequest,
  isFine: (status: number) => boolean
): Promise<Reply> {
  const answer = await ctx.http.request({
    ...request,
    headers: { ...headersOf(ctx), ...request.headers },
  })
  const text = await answer.text()
  const { status, headers } = answer
  const reply = { status, headers, text, body: parsed(text) }
  if (!isFine(status)) throwUnlessOfRecords(ctx, request, reply)
  return reply
}

function throwUnlessOfRecords(ctx: Context, { method, url }: HttpRequest, reply: Reply): void {
  const { status, headers, text } = reply
  const { host, pathname } = new URL(url)
  const said = `${host} answered ${status} to ${method} ${pathname}`
  const detail = withoutSecrets(ctx, text)
  const wait = retryAfter(headers['retry-after'], Date.now())
  if (status === 429 || (status === 503 && wait !== null)) {
    const pause = wait === null ? {} : { retryAfter: wait }
    throw new ConnectorError('rate_limited', `${said}: it wants a pause.`, { detail, ...pause })
  }
  if (status === 401 || status === 403) {
    throw new ConnectorError('auth', `${said}: it does not accept the authorization.`, { detail })
  }
  if (status >= 300 && status < 400) {
    const cure = 'Redirects are not followed: set the base address that it leads to.'
    throw new ConnectorError('config', `${said}. ${cure}`, { detail })
  }
  if (status === 408 || status >= 500) {
    throw new ConnectorError('transient', `${said}.`, { detail, delivered: 'unknown' })
  }
}

/** Numbers that JavaScript would round stay as they are written. */
function parsed(text: string): Value | undefined {
  try {
    return JSON.parse(text, exactly) as Value
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function exactly(_name: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  return context?.source ?? String(value)
}
