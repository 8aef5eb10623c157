import { type Context, ConnectorError, type HttpRequest } from '#sdk'
import type { Effect } from './effect.js'
import { parseJson } from './parse_json.js'
import { requestError } from './request_error.js'

export interface Reply<T> {
  status: number
  /** Null when Zoho had nothing to say (204, 304). */
  body: T | null
  headers: { [name: string]: string }
}

function parse(text: string, effect: Effect): unknown {
  try {
    return effect === 'write' ? JSON.parse(text) : parseJson(text)
  } catch (cause) {
    throw new ConnectorError('transient', 'Zoho sent an answer that was cut off or is not JSON.', {
      detail: `${text.length} characters`,
      delivered: effect === 'write' ? 'unknown' : 'no',
      cause,
    })
  }
}

/** Rows that all failed, the last where all were locked. */
const REFUSED = [400, 412]

function hasRows(text: string) {
  return text.startsWith('{"data":[') || /^\s*\{\s*"data"\s*:\s*\[/.test(text)
}

/**
 * One call that answers JSON. Writes answer per record on 400 as well, so that is no error here.
 * @param readQuickly reads an answer whose form it knows; null for any other, which is parsed
 */
export async function call<T>(
  ctx: Context,
  request: HttpRequest,
  effect: Effect,
  readQuickly: (text: string) => T | null = () => null
): Promise<Reply<T>> {
  const response = await ctx.http.request(request)
  const { status, headers } = response
  if (status === 204 || status === 304) return { status, headers, body: null }
  const text = await response.text()
  const isRowsOfFailures = REFUSED.includes(status) && effect === 'write' && hasRows(text)
  if (status >= 300 && !isRowsOfFailures) throw requestError(status, text, effect)
  return { status, headers, body: readQuickly(text) ?? (parse(text, effect) as T) }
}
