import { DateTime } from 'luxon'
import { checkAgainAfter } from '#sdk'
import type { CheckResult, ConnectorError } from '#sdk'

const MINUTE = 60_000

/** An error that a check ended with, as its answer. */
export function refusedCheck(error: ConnectorError): Extract<CheckResult, { ok: false }> {
  const again = checkAgainAfter(error)
  return { ok: false, message: error.message, ...(again === null ? {} : { tryAfter: again }) }
}

/** What is said of a connection that could not be tested, and when to try again. */
export function untestedText(message: string, tryAfter: number, now = Date.now()): string {
  const minutes = Math.max(1, Math.ceil(tryAfter / MINUTE))
  const at = DateTime.fromMillis(now + minutes * MINUTE).toUTC()
  return `The connection could not be tested now: ${message.replace(/\.?$/, '.')} Try again at ${at.toFormat('HH:mm')} UTC.`
}
