import { ConnectorError } from '#sdk'
import { LeaseLost } from '#engine/ledger'
import type { WireError } from './messages.js'

/** The reason a run's signal is aborted with when someone cancels it. */
export class Cancelled extends Error {
  override name = 'Cancelled'
  constructor() {
    super('The run was cancelled')
  }
}

export function toWire(error: unknown): WireError {
  if (error instanceof ConnectorError) {
    const { name, message, kind, detail, retryAfter } = error
    return { name, message, kind, detail, retryAfter }
  }
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  const kind =
    error instanceof LeaseLost
      ? 'lease_lost'
      : error instanceof Cancelled
        ? 'cancelled'
        : 'surprise'
  return {
    name,
    message,
    kind,
    detail: kind === 'surprise' ? (stack ?? null) : null,
    retryAfter: null,
  }
}

export function fromWire(wire: WireError): Error {
  if (wire.kind === 'lease_lost') return new LeaseLost()
  if (wire.kind === 'cancelled') return new Cancelled()
  if (wire.kind === 'surprise') {
    const error = new Error(wire.message)
    if (wire.detail !== null) error.stack = wire.detail
    return error
  }
  return new ConnectorError(wire.kind, wire.message, {
    ...(wire.detail === null ? {} : { detail: wire.detail }),
    ...(wire.retryAfter === null ? {} : { retryAfter: wire.retryAfter }),
  })
}
