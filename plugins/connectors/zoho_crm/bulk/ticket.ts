import { ConnectorError, type Json } from '#sdk'

/** A record that is not in the file, and why. */
export type RefusedRow = {
  index: number
  code: string
  field: string
  message: string
  again: boolean
}

/** The handle of a bulk job: enough to find it again after a restart, and to read its result. */
export type Ticket = {
  /** Null where no record was fit to be sent. */
  job: string | null
  org: string
  /** Records in the file, where not all of them fitted into it. */
  count: number | null
  /** Lookups that Zoho finds by a field, lookup to field. */
  findBys: { [lookup: string]: string }
  refused: RefusedRow[]
  /** Zoho tells the run of its end. */
  callsBack: boolean
}

export function readTicket(json: Json): Ticket {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) {
    const { job, org } = json
    if ((typeof job === 'string' || job === null) && typeof org === 'string') {
      return { count: null, findBys: {}, refused: [], callsBack: false, ...json, job, org }
    }
  }
  throw new ConnectorError('fatal', 'The stored ticket does not name a Zoho bulk job.')
}
