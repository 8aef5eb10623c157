import type { VendorError } from '../api/vendor_error.js'

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
    return `${field} does not hold what Zoho expects (${details.expected_data_type}). Convert the value in the mapping.`
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

const sentences: { [code: string]: Sentence } = {
  INVALID_DATA: invalid,
  DUPLICATE_DATA: duplicate,
  EXPECTED_FIELD_MISSING: expected,
  DEPENDENT_FIELD_MISSING: expected,
  MANDATORY_NOT_FOUND: (field) =>
    `${field} is mandatory in Zoho and has no value. Map it, or give it a default.`,
  DEPENDENT_MISMATCH: (field) =>
    `${field} does not fit the field it depends on. Send values that belong together.`,
  AMBIGUITY_DURING_PROCESSING: (field) => `${field} is given in two ways. Map only one of them.`,
  PATTERN_NOT_MATCHED: (field) => `${field} does not have the form that Zoho demands.`,
  UNABLE_TO_PARSE_DATA_TYPE: (field) =>
    `Zoho cannot read the value of ${field}. Convert it in the mapping.`,
  LIMIT_EXCEEDED: (field) => `${field} holds more than Zoho allows. Send less.`,
  RECORD_LOCKED: () => 'The record is locked in Zoho. Unlock it there, then send it again.',
  BLOCKED_RECORD: () => 'Zoho has blocked the record. Unblock it there, then send it again.',
  NOT_APPROVED: () => 'The record waits for approval in Zoho. Approve it, then send it again.',
  ALREADY_MODIFIED: () => 'The record was changed in Zoho in the meantime.',
  INVALID_MODULE: () => 'The record belongs to a module that Zoho does not serve.',
  RESOURCE_NOT_FOUND: (field) => `${field} points to a record that Zoho does not have.`,
  NO_PERMISSION: () =>
    'The authorised user may not write this record. Ask an administrator of the org.',
  AUTHORIZATION_FAILED: () => 'The authorised user may not write this record.',
  NOT_SUPPORTED: (field) => `Zoho does not support writing ${field} this way.`,
  CANNOT_PROCESS: () => 'Zoho could not process the record this time.',
  INTERNAL_ERROR: () => 'Zoho had a fault of its own with this record.',
  INTERNAL_SERVER_ERROR: () => 'Zoho had a fault of its own with this record.',
}

/** What is wrong with a record, for a person: field, rule, what to do. */
export function faultSentence(error: VendorError, field: string | undefined): string {
  const details = error.details ?? {}
  const known = sentences[error.code]
  if (error.code === 'INVALID_DATA' && field === 'id') {
    return 'Zoho has no record with this id, or it was deleted.'
  }
  if (known) return known(field ?? 'The record', details)
  return `Zoho refused ${field ?? 'the record'}: ${error.message} [${error.code}].`
}
