import { insertRecords } from '../records/insert_records.js'
import { recordInPath } from '../records/find_record.js'
import { inModule } from '../records/in_module.js'
import { ApiFault } from '../server/api_fault.js'
import { Call, isObject } from '../server/call.js'

/** Notes of the record in the path, which their rows need not name. */
export function addNotes(call: Call) {
  const parent = recordInPath(call)
  if (!parent) {
    const details = { resource_path_index: 1 }
    throw new ApiFault(400, 'INVALID_DATA', 'the related id given seems to be invalid', details)
  }
  const { data, ...rest } = call.json()
  const owner = { id: parent.id, module: { api_name: call.table().module.apiName } }
  const rows = Array.isArray(data)
    ? data.map((row) => (isObject(row) ? { ...row, Parent_Id: owner } : row))
    : data
  const body = Buffer.from(JSON.stringify({ ...rest, data: rows }))
  const { org, query, headers, params, faults, caller } = call
  const inner = new Call(org, query, headers, body, params, faults, caller)
  return inModule('Notes', insertRecords)(inner)
}
