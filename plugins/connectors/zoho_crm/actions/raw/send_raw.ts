import { setTimeout as sleep } from 'node:timers/promises'
import { ConnectorError, type Context, type HttpRequest, type Value } from '#sdk'
import { parseJson } from '../../api/parse_json.js'
import { headersWithoutSecrets, withoutSecrets } from './redact.js'

const LONGEST_TEXT = 10_000

/** One try, as the log shows it. */
export interface Attempt {
  [name: string]: Value
}

export interface Retry {
  tries: number
  statuses: number[]
  /** Seconds. */
  wait: number
}

interface Answer {
  status: number
  headers: { [name: string]: string }
  body: Value
}

function bodyOf(text: string): Value {
  if (text === '') return null
  try {
    return parseJson(text) as Value
  } catch {
    return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text
  }
}

async function tryOnce(ctx: Context, request: HttpRequest, log: Attempt[]): Promise<Answer | null> {
  const { pathname, search } = new URL(request.url)
  const started = performance.now()
  const attempt: Attempt = {
    method: request.method,
    path: pathname + withoutSecretsInQuery(search),
    headers: headersWithoutSecrets(request.headers ?? {}),
    body: typeof request.body === 'string' ? withoutSecrets(bodyOf(request.body)) : null,
  }
  log.push(attempt)
  try {
    const response = await ctx.http.request(request)
    const { status, headers } = response
    const body = bodyOf(await response.text())
    attempt.status = status
    attempt.answer = { headers: headersWithoutSecrets(headers), body: withoutSecrets(body) }
    return { status, headers, body }
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.kind !== 'transient') throw error
    attempt.status = null
    attempt.answer = error.message
    return null
  } finally {
    attempt.ms = Math.round(performance.now() - started)
  }
}

function withoutSecretsInQuery(search: string): string {
  const query = new URLSearchParams(search)
  for (const name of [...query.keys()]) {
    query.set(name, String(withoutSecrets(query.get(name), name)))
  }
  return query.size === 0 ? '' : `?${query}`
}

/** Sends a request, again where it was asked for. What was not answered may have been done. */
export async function sendRaw(ctx: Context, request: HttpRequest, retry: Retry) {
  const log: Attempt[] = []
  let answer: Answer | null = null
  for (let left = retry.tries; left > 0; left -= 1) {
    answer = await tryOnce(ctx, request, log)
    const isAgain =
      answer === null ? request.method === 'GET' : retry.statuses.includes(answer.status)
    if (!isAgain || left === 1) break
    await sleep(retry.wait * 1000, undefined, { signal: ctx.signal })
  }
  if (answer === null) {
    throw new ConnectorError(
      'transient',
      `Zoho gave no answer in ${log.length === 1 ? 'one try' : `${log.length} tries`}. What was asked may have been done.`,
      { delivered: 'unknown' }
    )
  }
  return { answer, log }
}
