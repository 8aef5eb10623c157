import { ConnectorError, type ErrorKind, type RefusalCause } from '#sdk'
import type { Effect } from './effect.js'
import { causeOf } from './refusal.js'
import { isVendorError, type VendorError } from './vendor_error.js'
import { requestSentence } from './request_sentence.js'

function vendorError(text: string): VendorError | null {
  if (!text.trimStart().startsWith('{')) return null
  try {
    const body: unknown = JSON.parse(text)
    return isVendorError(body) ? body : null
  } catch {
    return null
  }
}

const SENTENCES: { [cause in RefusalCause]: string } = {
  lane: 'too many large calls were under way at once',
  concurrency: 'too many calls were under way at once',
  credits: 'the credits of the last 24 hours are used up',
}

function rateLimited(error: VendorError | null, detail: string) {
  const cause = causeOf(error?.message ?? '')
  const sentence = cause === null ? 'too many calls in a short time' : SENTENCES[cause]
  return new ConnectorError('rate_limited', `Zoho refused the call: ${sentence}.`, { detail })
}

function unavailable(status: number, detail: string, effect: Effect) {
  return new ConnectorError('transient', `Zoho could not answer just now (HTTP ${status}).`, {
    detail,
    delivered: effect === 'write' ? 'unknown' : 'no',
  })
}

const AUTH_CODES = ['AUTHENTICATION_FAILURE', 'INVALID_TOKEN', 'OAUTH_SCOPE_MISMATCH']

function kindOf(status: number, code: string | undefined): ErrorKind {
  return status === 401 || AUTH_CODES.includes(code ?? '') ? 'auth' : 'config'
}

/** What a refused request means for the run. */
export function requestError(status: number, text: string, effect: Effect): ConnectorError {
  const error = vendorError(text)
  const detail = `HTTP ${status} ${error ? `${error.code}: ${error.message}` : `${text.length} characters, not Zoho's JSON`}`
  if (status === 429 || error?.code === 'TOO_MANY_REQUESTS') return rateLimited(error, detail)
  if (status >= 500) return unavailable(status, detail, effect)
  if (!error && status !== 401 && status !== 403) {
    return new ConnectorError(
      'config',
      `Zoho answered HTTP ${status} without a reason. Check the addresses of the connection.`,
      { detail }
    )
  }
  return new ConnectorError(kindOf(status, error?.code), requestSentence(status, error), {
    detail,
    cause: error ?? undefined,
  })
}
