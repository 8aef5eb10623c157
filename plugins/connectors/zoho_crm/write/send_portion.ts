import { ConnectorError, type RecordOutcome } from '#sdk'
import { isVendorError, type VendorError } from '../api/vendor_error.js'
import type { Outgoing } from './outgoing.js'
import { recordFault } from './record_fault.js'
import { sendInTurn } from './send_in_turn.js'

type Send = (portion: Outgoing[]) => Promise<RecordOutcome[]>

const TOO_LARGE = ['REQUEST_ENTITY_TOO_LARGE', 'FILE_TOO_LARGE']

/** The place in the call of the one record that a refused request blames. */
function blamed({ details }: VendorError): number | null {
  const place = /^\$\.data\[(\d+)\]/.exec(details?.json_path ?? '')?.[1]
  return place === undefined ? null : Number(place)
}

function halves(portion: Outgoing[]) {
  const middle = Math.ceil(portion.length / 2)
  return [portion.slice(0, middle), portion.slice(middle)]
}

const HELD_UP =
  'Zoho refused the whole call because of another record in it. This one is sent again without it.'

function withoutCulprit(portion: Outgoing[], error: VendorError, place: number): RecordOutcome[] {
  return portion.map(({ index }, at) =>
    at === place
      ? recordFault(index, error)
      : { index, state: 'failed', code: 'HELD_UP', message: HELD_UP }
  )
}

/**
 * Sends records by one call. Where Zoho refuses the request for what some of them hold, the
 * others do not suffer for it: a call that is too large is halved, a culprit is set apart.
 */
export async function sendPortion(portion: Outgoing[], send: Send): Promise<RecordOutcome[]> {
  try {
    return await send(portion)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const cause = isVendorError(error.cause) ? error.cause : null
    const isTooLarge =
      TOO_LARGE.includes(cause?.code ?? '') || error.detail?.startsWith('HTTP 413') === true
    // A lock that is refused as a whole does not say whose record was changed.
    const isLocked = cause?.code === 'ALREADY_MODIFIED'
    if ((isTooLarge || isLocked) && portion.length > 1) {
      return sendInTurn(halves(portion), (half) => sendPortion(half, send))
    }
    if (!cause) throw error
    if (isTooLarge || isLocked) {
      return portion.map(({ index }) => recordFault(index, cause))
    }
    const place = blamed(cause)
    if (place === null || place >= portion.length) throw error
    return withoutCulprit(portion, cause, place)
  }
}
