import type { VendorError } from '../api/vendor_error.js'
import { expectedType } from './expected_types.js'
import { faultPlace } from './fault_place.js'

type Details = NonNullable<VendorError['details']>
type Sentence = (field: string, details: Details) => string

function invalid(field: string, details: Details) {
  if (details.api_name === 'id') {
    return `${field} points to a record that Zoho does not have. Send the id of one that exists.`
  }
  if (details.maximum_length !== undefined) {
    return `${field} is too long: Zoho takes ${details.maximum_length} characters at most. Shorten it in the mapping.`
  }
  if (details.expected_data_type !== undefined) {
    const wanted = expectedType(details.expected_data_type)
    return `${field} does not hold what Zoho expects there: ${wanted}. Convert the value in the mapping.`
  }
  return `Zoho does not accept the value of ${field}. Check it against the field's rules in Zoho.`
}

function duplicate(field: string, details: Details) {
  const twin = details.duplicate_record?.id
  const whose = twin ? ` by record ${twin}` : ''
  return `${field} must be unique, and its value is already used${whose}. Change the value, or match by ${field} to update that record.`
}

function expected(field: string, details: Details) {
  const names = (details.expected_fields ?? []).map((each) => each.api_name).filter(Boolean)
  const missing = names.length > 0 ? names.join(', ') : 'another field'
  return `${field} needs ${missing} beside it. Map both.`
}

function tooLarge(field: string) {
  return `${field} is larger than Zoho takes in one call. Send shorter texts, or smaller files.`
}

const sentences: { [code: string]: Sentence } = {
  INVALID_DATA: invalid,
  DUPLICATE_DATA: duplicate,
  EXPECTED_FIELD_MISSING: expected,
  DEPENDENT_FIELD_MISSING: expected,
  MULTIPLE_OR_MULTI_ERRORS: () =>
    'Several values of the record are at fault. Compare the record with the rules of its fields in Zoho.',
  MANDATORY_NOT_FOUND: (field) =>
    `${field} is mandatory in Zoho and has no value. Map it, or give it a default.`,
  DEPENDENT_MISMATCH: (field) =>
    `${field} does not fit the field it depends on. Send values that belong together.`,
  AMBIGUITY_DURING_PROCESSING: (field) => `${field} is given in two ways. Map only one of them.`,
  PATTERN_NOT_MATCHED: (field) =>
    `${field} does not have the form that Zoho demands. Convert the value in the mapping.`,
  UNABLE_TO_PARSE_DATA_TYPE: (field) =>
    `Zoho cannot read the value of ${field}. Convert it in the mapping.`,
  LIMIT_EXCEEDED: (field) => `${field} holds more than Zoho allows. Send less.`,
  REQUEST_ENTITY_TOO_LARGE: tooLarge,
  FILE_TOO_LARGE: tooLarge,
  FILE_SIZE_MORE_THAN_ALLOWED_SIZE: tooLarge,
  MEDIA_TYPE_NOT_SUPPORTED: (field) =>
    `${field} holds a file of a kind that Zoho does not take. Send another kind.`,
  INVALID_FILE_ID: (field) => `${field} names a file that Zoho does not have. Upload it again.`,
  RECORD_LOCKED: () => 'The record is locked in Zoho. Unlock it there, then send it again.',
  BLOCKED_RECORD: () => 'Zoho has blocked the record. Unblock it there, then send it again.',
  NOT_APPROVED: () => 'The record waits for approval in Zoho. Approve it, then send it again.',
  ALREADY_MODIFIED: () =>
    'The record was changed in Zoho after the time that the source knows, so it was left alone. Compare both, then send it again.',
  INVALID_MODULE: () =>
    'The record belongs to a module that Zoho does not serve. Choose another module.',
  RESOURCE_NOT_FOUND: (field) =>
    `${field} points to a record that Zoho does not have. Send the id of one that exists.`,
  NO_PERMISSION: () =>
    'The authorised user may not write this record. Ask an administrator of the org.',
  AUTHORIZATION_FAILED: () =>
    'The authorised user may not write this record. Ask an administrator of the org.',
  NOT_SUPPORTED: (field) => `Zoho does not support writing ${field} this way. Do not map it.`,
  CANNOT_PROCESS: () => 'Zoho could not process the record this time. It is sent again.',
  INTERNAL_ERROR: () => 'Zoho had a fault of its own with this record. It is sent again.',
  INTERNAL_SERVER_ERROR: () => 'Zoho had a fault of its own with this record. It is sent again.',
}

/** What is wrong with a record, for a person: field, rule, what to do. */
export function faultSentence(error: VendorError): string {
  const { field, called } = faultPlace(error)
  if (error.code === 'INVALID_DATA' && field === 'id') {
    return 'Zoho has no record with this id, or it was deleted. Remove the id, or choose upsert to create what is missing.'
  }
  const known = sentences[error.code]
  if (known) return known(called, error.details ?? {})
  return `Zoho refused ${field === undefined ? 'the record' : called}: ${error.message} [${error.code}].`
}

/** Whether a code is one of those that Zoho says of records. */
export function isRecordCode(code: string): boolean {
  return Object.hasOwn(sentences, code)
}
