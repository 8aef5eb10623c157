import type { Operation, RecordOutcome, WriteBatch } from '#sdk'
import type { VendorError } from '../api/vendor_error.js'
import { isReference } from '../references/reference.js'
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

/** Zoho blames the column where it found no record to point to. */
function namingLookup(
  outcome: RecordOutcome,
  { records }: WriteBatch,
  findBys: { [lookup: string]: string }
): RecordOutcome {
  if (!('code' in outcome) || outcome.field === undefined) return outcome
  const { index, field } = outcome
  const by = findBys[field]
  const reference = records[index]?.[field]
  if (by === undefined || !isReference(reference)) return outcome
  const message = `${field}: Zoho has no record with ${by} '${String(reference.value)}', or more than one. Create it first, or correct the value.`
  return { ...outcome, code: 'LOOKUP_NOT_FOUND', message }
}

/**
 * What one row of a bulk result says of its record.
 * @param findBys lookups that Zoho had to find by a field, lookup to field
 */
export function rowOutcome(
  row: JoinedRow,
  batch: WriteBatch,
  findBy: string | null,
  findBys: { [lookup: string]: string } = {}
): RecordOutcome {
  const { operation } = batch
  const { index, status, id } = row
  if (status === 'ADDED' && id !== '') return { index, state: 'created', id }
  if (status === 'UPDATED' && id !== '') return { index, state: 'updated', id }
  const errors = readErrors(row.errors)
  const isMissing = errors.some(
    ({ code, details }) => code === 'RESOURCE_NOT_FOUND' && details?.api_name === findBy
  )
  if (isMissing) return unknownRecord(index)
  if (errors.length > 0) {
    const fault = recordFault(index, { code: errors[0].code, message: '', details: { errors } })
    return namingLookup(fault, batch, findBys)
  }
  if (status === 'SKIPPED') return skipped(row, operation, findBy)
  const message = `Zoho did not say why it left the record ${status || 'without a status'}.`
  return { index, state: 'failed', code: status || 'NO_STATUS', message }
}
