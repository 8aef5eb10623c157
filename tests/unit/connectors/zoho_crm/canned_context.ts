import type { HttpRequest, Value } from '#sdk'
import { answer } from './live_http.js'
import { testContext } from './test_context.js'

export interface Canned {
  status: number
  body?: unknown
  /** Sent as it is instead of `body`. */
  text?: string
  bytes?: Buffer
  headers?: { [name: string]: string }
}

/** A context whose calls are answered by a function, for what no simulator would say. */
export function cannedContext(
  reply: (request: HttpRequest) => Canned,
  settings: { [name: string]: Value } = {}
) {
  const calls: HttpRequest[] = []
  const http = {
    async request(request: HttpRequest) {
      calls.push(request)
      const { status, body, text, bytes, headers = {} } = reply(request)
      const content = text ?? (body === undefined ? '' : JSON.stringify(body))
      return answer(status, headers, bytes ?? Buffer.from(content))
    },
  }
  const addresses = { apiUrl: 'https://www.zohoapis.eu', uploadUrl: 'https://content.zohoapis.eu' }
  return { ctx: testContext(http, { ...addresses, orgId: '600123', ...settings }), calls }
}
