import { ConnectorError } from '#sdk'
import type { ReadJob } from './read_job.js'

/** A job that Zoho gave up. It cost its credits, so no other is sent unasked. */
export function failedRead({ id, state, result }: ReadJob): ConnectorError {
  const { code, message } = result?.error_message ?? {}
  const reason = [code ?? state, message].filter(Boolean).join(': ')
  return new ConnectorError(
    'fatal',
    `Zoho's bulk read ${id} failed (${reason}). Start again, or let the connection read by COQL.`,
    { detail: `bulk read ${id} ${state} ${reason}` }
  )
}
