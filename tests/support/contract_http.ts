import { request } from 'undici'
import { ConnectorError, type Http, type HttpResponse, type Value } from '#sdk'

/** The headers that authorise a request. `renew` asks for a new token first. */
export type Authorize = (renew: boolean) => Promise<{ [name: string]: string }>

/** A plain client that keeps the promises of `Http` without guard, quota or lanes. */
export function contractHttp(authorize: Authorize | null, signal: AbortSignal): Http {
  return {
    async request(call) {
      signal.throwIfAborted()
      const send = async (renew: boolean) => {
        const isAuthorized = authorize !== null && call.authorize !== false
        const headers = { ...call.headers, ...(isAuthorized ? await authorize(renew) : {}) }
        return answer(
          await request(call.url, {
            method: call.method,
            headers,
            body: call.body ?? null,
            headersTimeout: call.timeout ?? 60_000,
            signal,
          })
        )
      }
      try {
        const first = await send(false)
        if (first.status !== 401 || authorize === null || call.authorize === false) return first
        return await send(true)
      } catch (cause) {
        if (signal.aborted) throw signal.reason
        const isGone = isRefused(cause)
        const told = isGone ? { delivered: 'no' as const, detail: 'ECONNREFUSED' } : {}
        throw new ConnectorError('transient', 'There was no answer.', {
          ...{ cause, delivered: 'unknown' as const },
          ...told,
        })
      }
    },
  }
}

async function answer(reply: Awaited<ReturnType<typeof request>>): Promise<HttpResponse> {
  const bytes = new Uint8Array(await reply.body.arrayBuffer())
  const text = () => new TextDecoder().decode(bytes)
  const headers = Object.entries(reply.headers).map(([name, value]) => [name, String(value)])
  return {
    status: reply.statusCode,
    headers: Object.fromEntries(headers),
    text: async () => text(),
    json: async <T = Value>() => JSON.parse(text()) as T,
    bytes: async () => bytes,
  }
}

function isRefused(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED'
}
