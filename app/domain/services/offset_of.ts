import { hash } from 'node:crypto'

const MINUTE = 60_000

/**
 * How far a service's slots are set off, so that those due at one time do not all begin at once.
 * By its id alone, so that a restart changes nothing.
 * @param jitter minutes
 */
export function offsetOf(serviceId: string, jitter: number): number {
  if (jitter <= 0) return 0
  const share = Number.parseInt(hash('sha256', serviceId).slice(0, 8), 16) / 2 ** 32
  return Math.floor(share * jitter * MINUTE)
}
