import { CONVERTED, isConverted } from '../leads/is_converted.js'
import type { StoredRecord } from '../store/stored_record.js'

type Show = (record: StoredRecord) => string | boolean

const flags: Record<string, Show> = {
  $approval_state: ({ hold }) => (hold === 'waiting' ? 'approval_process_pending' : 'approved'),
  $editable: ({ hold }) => hold === null,
}
const ofLeads: Record<string, Show> = { ...flags, [CONVERTED]: isConverted }

/** What Zoho says of a record besides its fields, where all is shown or it is asked for. */
export function showFlags(module: string, record: StoredRecord, wanted?: readonly string[]) {
  const known = module === 'Leads' ? ofLeads : flags
  const names = wanted?.filter((name) => Object.hasOwn(known, name)) ?? Object.keys(known)
  return Object.fromEntries(names.map((name) => [name, known[name](record)]))
}
