import { ConnectorError, type RecordOutcome } from '#sdk'
import { recordFault } from './record_fault.js'
import type { WriteReply } from './write_reply.js'

/**
 * Zoho answers in the order asked. A list of another length cannot be told apart, and some of
 * it may have been written.
 * @param places places in the batch of the records that were sent
 */
export function readOutcomes(reply: WriteReply, places: number[], verb: 'created' | 'updated') {
  const entries = reply.data
  if (!Array.isArray(entries) || entries.length !== places.length) {
    const count = Array.isArray(entries) ? entries.length : 0
    throw new ConnectorError(
      'transient',
      `Zoho answered for ${count} of ${places.length} records.`,
      { delivered: 'unknown' }
    )
  }
  const outcomes: RecordOutcome[] = []
  for (const [position, entry] of entries.entries()) {
    const index = places[position]
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
