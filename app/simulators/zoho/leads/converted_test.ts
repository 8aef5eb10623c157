import { ApiFault } from '../server/api_fault.js'
import type { Call } from '../server/call.js'
import type { ModuleTable } from '../store/module_table.js'
import type { StoredRecord } from '../store/stored_record.js'
import { hasConverted, isConverted } from './is_converted.js'

/** Leads that were converted are shown where they are asked for; null where all pass. */
export function convertedTest({ query }: Call, table: ModuleTable) {
  const converted = query.get('converted') ?? 'false'
  if (!['true', 'false', 'both'].includes(converted)) {
    throw new ApiFault(400, 'INVALID_DATA', 'invalid data', { param_name: 'converted' })
  }
  if (converted === 'both' || (converted === 'false' && !hasConverted(table))) return null
  return (record: StoredRecord) => isConverted(record) === (converted === 'true')
}
