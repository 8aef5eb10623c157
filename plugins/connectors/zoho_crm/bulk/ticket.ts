import { ConnectorError, type Json } from '#sdk'

/** The handle of a bulk job: enough to find it again after a restart. */
export type Ticket = { job: string; org: string }

export function readTicket(json: Json): Ticket {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) {
    const { job, org } = json
    if (typeof job === 'string' && typeof org === 'string') return { job, org }
  }
  throw new ConnectorError('fatal', 'The stored ticket does not name a Zoho bulk job.')
}
