import type { Operation, RecordOutcome } from '#sdk'
import type { VendorError } from '../api/vendor_error.js'
import { recordFault } from '../write/record_fault.js'
import { unknownRecord } from '../write/unknown_record.js'
import type { JoinedRow } from './join_rows.js'

/** "MANDATORY_NOT_FOUND-Company,Last_Name:DUPLICATE_DATA-Email" */
function readErrors(text: string): VendorError[] {
  return text
    .split(':')
    .filter((part) => part.trim() !== '')
    .flatMap((part) => {
      const [code, ...rest] = part.trim().split('-')
      const columns = rest.join('-').split(',')
      return columns.map((name) => {
        const field = name.trim().replace(/\.id$/, '')
        return { code, message: '', details: field === '' ? {} : { api_name: field } }
      })
    })
}

function skipped(
  { index, id }: JoinedRow,
  operation: Operation,
  findBy: string | null
): RecordOutcome {
  if (operation === 'update') return unknownRecord(index)
  if (operation === 'insert' && findBy !== null && id !== '')
    return { index, state: 'unchanged', id }
  const message = 'Zoho skipped the record, because it already has one with the same unique value.'
  return { index, state: 'rejected', code: 'SKIPPED', message }
}

/** What one row of a bulk result says of its record. */
export function rowOutcome(
  row: JoinedRow,
  operation: Operation,
  findBy: string | null
): RecordOutcome {
  const { index, status, id } = row
  if (status === 'ADDED' && id !== '') return { index, state: 'created', id }
  if (status === 'UPDATED' && id !== '') return { index, state: 'updated', id }
  const errors = readErrors(row.errors)
  const isMissing = errors.some(
    ({ code, details }) => code === 'RESOURCE_NOT_FOUND' && details?.api_name === findBy
  )
  if (isMissing) return unknownRecord(index)
  if (errors.length > 0) {
    return recordFault(index, { code: errors[0].code, message: '', details: { errors } })
  }
  if (status === 'SKIPPED') return skipped(row, operation, findBy)
  const message = `Zoho did not say why it left the record ${status || 'without a status'}.`
  return { index, state: 'failed', code: status || 'NO_STATUS', message }
}
