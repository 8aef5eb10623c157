import { ConnectorError, type RecordOutcome } from '#sdk'
import type { Outgoing } from './outgoing.js'

function heldUp(error: ConnectorError, portion: Outgoing[]): RecordOutcome[] {
  if (error.delivered === 'unknown') return []
  return portion.map(({ index }) => ({
    index,
    state: 'failed',
    code: 'NOT_SENT',
    message: `The record was not sent yet: ${error.message}`,
  }))
}

function isPassing(error: unknown): error is ConnectorError {
  return (
    error instanceof ConnectorError && (error.kind === 'transient' || error.kind === 'rate_limited')
  )
}

/**
 * Sends what one call cannot take as several. Once Zoho has answered for some, trouble with the
 * rest must not hide that; a record that may have arrived unanswered has no outcome.
 */
export async function sendInTurn(
  portions: Outgoing[][],
  send: (portion: Outgoing[]) => Promise<RecordOutcome[]>
): Promise<RecordOutcome[]> {
  const outcomes: RecordOutcome[] = []
  let trouble: ConnectorError | null = null
  for (const portion of portions) {
    if (trouble) {
      outcomes.push(...heldUp(new ConnectorError(trouble.kind, trouble.message), portion))
      continue
    }
    try {
      outcomes.push(...(await send(portion)))
    } catch (error) {
      if (outcomes.length === 0 || !isPassing(error)) throw error
      trouble = error
      outcomes.push(...heldUp(error, portion))
    }
  }
  return outcomes
}
