import { ConnectorError, type RecordOutcome } from '#sdk'
import { recordFault } from './record_fault.js'
import type { WriteReply } from './write_reply.js'

/**
 * Zoho answers in the order asked. A list of another length cannot be told apart, and some of
 * it may have been written.
 * @param sent how many records were sent
 * @param places their places in the batch, where not all of it was sent
 */
export function readOutcomes(
  reply: WriteReply,
  sent: number,
  verb: 'created' | 'updated' | 'deleted',
  places?: number[]
) {
  const entries = reply.data
  if (!Array.isArray(entries) || entries.length !== sent) {
    const count = Array.isArray(entries) ? entries.length : 0
    throw new ConnectorError('transient', `Zoho answered for ${count} of ${sent} records.`, {
      delivered: 'unknown',
    })
  }
  const outcomes: RecordOutcome[] = []
  let position = 0
  for (const entry of entries) {
    const index = places ? places[position] : position
    position++
    const id = entry.details?.id
    if (entry.status === 'success' && id !== undefined) {
      const state =
        entry.action === undefined ? verb : entry.action === 'insert' ? 'created' : 'updated'
      outcomes.push({ index, state, id })
    } else {
      outcomes.push(recordFault(index, entry))
    }
  }
  return outcomes
}
