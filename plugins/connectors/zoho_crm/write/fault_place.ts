import type { VendorError } from '../api/vendor_error.js'

/** Where in a record a fault lies. */
export interface FaultPlace {
  /** The field of the record; undefined where the whole record is at fault. */
  field: string | undefined
  /** How a person calls the place, for example "Quantity in row 3 of Quoted_Items". */
  called: string
}

/** "$.data[3].Quoted_Items[2].Quantity", "$.data[0].Account_Name.id", "$.data[1].Tags[0]" */
const PATH = /^\$\.data\[\d+\]\.([^.[\]]+)(?:\[(\d+)\])?(?:\.([^.[\]]+))?/

export function faultPlace({ details = {} }: VendorError): FaultPlace {
  const found = PATH.exec(details.json_path ?? '')
  if (!found) {
    const field = details.api_name ?? details.expected_fields?.[0]?.api_name
    return { field, called: field ?? 'The record' }
  }
  const [, field, row, inner] = found
  if (row === undefined) return { field, called: field }
  const number = Number(row) + 1
  const isInner = inner !== undefined && inner !== 'id'
  return {
    field,
    called: isInner ? `${inner} in row ${number} of ${field}` : `Entry ${number} of ${field}`,
  }
}
