import { ConnectorError } from '#sdk'
import { BrakeStruck } from '#engine/brake'
import { LeaseLost } from '#engine/ledger'
import type { WireError } from './messages.js'

/** The reason a run's signal is aborted with when someone cancels it. */
export class Cancelled extends Error {
  override name = 'Cancelled'
  constructor() {
    super('The run was cancelled')
  }
}

const LONGEST_REASON = 400

export function toWire(error: unknown): WireError {
  if (error instanceof ConnectorError) {
    const { name, message, kind, detail, retryAfter } = error
    return { name, message, kind, detail, retryAfter }
  }
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  if (error instanceof LeaseLost) return { name, message, kind: 'lease_lost', ...NOTHING_MORE }
  if (error instanceof BrakeStruck) {
    return { name, message, kind: 'held', detail: JSON.stringify(error.figures), retryAfter: null }
  }
  if (error instanceof Cancelled) return { name, message, kind: 'cancelled', ...NOTHING_MORE }
  return {
    name,
    message: plainReason(message),
    kind: 'surprise',
    detail: placesOf(stack),
    retryAfter: null,
  }
}

const NOTHING_MORE = { detail: null, retryAfter: null }

/** A database's error begins with the whole statement and the values in it; only its reason is told on. */
function plainReason(message: string): string {
  const reason = message.slice(message.lastIndexOf(' - ') + 1).replace(/^- /, '')
  return reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason
}

function placesOf(stack: string | undefined): string | null {
  const places = stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
  return places.length > 0 ? places.join('\n') : null
}

export function fromWire(wire: WireError): Error {
  if (wire.kind === 'lease_lost') return new LeaseLost()
  if (wire.kind === 'cancelled') return new Cancelled()
  if (wire.kind === 'surprise' || wire.kind === 'held') {
    const error = new Error(wire.message)
    if (wire.detail !== null) error.stack = wire.detail
    return error
  }
  return new ConnectorError(wire.kind, wire.message, {
    ...(wire.detail === null ? {} : { detail: wire.detail }),
    ...(wire.retryAfter === null ? {} : { retryAfter: wire.retryAfter }),
  })
}
