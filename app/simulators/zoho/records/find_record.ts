import { ApiFault } from '../server/api_fault.js'
import type { Call } from '../server/call.js'
import { externalKeys, findExternal } from './external_keys.js'

/** A record by its id, or by its external value where the call's header says so. */
export function recordByKey(call: Call, key: string) {
  const { own } = externalKeys(call)
  return own === null ? call.table().byId.get(key) : findExternal(call, call.table(), own, key)
}

/** The record named in the path; undefined when the org holds no such one. */
export function recordInPath(call: Call) {
  const { own } = externalKeys(call)
  const { id } = call.params
  if (own !== null || /^\d{15,19}$/.test(id)) return recordByKey(call, id)
  throw new ApiFault(400, 'INVALID_DATA', 'the id given seems to be invalid', {
    resource_path_index: 1,
  })
}
