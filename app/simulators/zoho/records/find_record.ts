import { ApiFault } from '../server/api_fault.js'
import type { Call } from '../server/call.js'

/** The record named in the path; undefined when the org holds no such one. */
export function recordInPath(call: Call) {
  const table = call.table()
  const { id } = call.params
  if (/^\d{15,19}$/.test(id)) return table.byId.get(id)
  throw new ApiFault(400, 'INVALID_DATA', 'the id given seems to be invalid', {
    resource_path_index: 1,
  })
}
