export interface Cause {
  code: string
  field: string | null
  message: string
  value: string | null
}

/** What mends it, and where: at the record itself, in the service's mapping, at the target, or by sending it again. */
export type Repair = {
  place: 'record' | 'mapping' | 'target' | 'again'
  text: string
}

type Advice = (field: string, cause: Cause) => Repair

const atRecord = (text: string): Repair => ({ place: 'record', text })
const inMapping = (text: string): Repair => ({ place: 'mapping', text })
const atTarget = (text: string): Repair => ({ place: 'target', text })
const again = (text: string): Repair => ({ place: 'again', text })

const fillIn: Advice = (field) => atRecord(`Fill in ${field}, or give it a default in the mapping`)
const asNumber: Advice = (field) => atRecord(`Write ${field} as a number`)
const later: Advice = () => again('Send it again: the other side was not ready for it')
const reference: Advice = (field) =>
  atTarget(`Create the record that ${field} refers to, or correct the reference`)
const fileAdvice: Advice = (field) => atRecord(`Give ${field} a file that can be fetched and fits`)

/** The first number before or after some words of a message. */
function figure(message: string, ...shapes: RegExp[]): string | null {
  return (
    shapes.map((shape) => shape.exec(message)?.[1]).find((found) => found !== undefined) ?? null
  )
}

const tooLong: Advice = (field, { message }) => {
  const most = figure(message, /; (\d+) (?:fit|are wanted)/, /takes (\d+) characters/)
  return atRecord(`Shorten ${field}${most === null ? '' : ` to ${most} characters`}`)
}

const format: Advice = (field, { message }) => {
  const kinds = { 'e-mail': 'e-mail address', 'phone': 'phone number', 'web': 'web address' }
  const [, kind] = Object.entries(kinds).find(([word]) => message.includes(word)) ?? []
  return atRecord(`Correct the ${kind ?? 'value'} in ${field}`)
}

const invalid: Advice = (field, cause) => {
  if (/too long/.test(cause.message)) return tooLong(field, cause)
  if (/points to a record/.test(cause.message)) return reference(field, cause)
  if (/Convert/.test(cause.message))
    return inMapping(`Convert the value of ${field} in the mapping`)
  return atRecord(`Correct the value of ${field}: the target does not take it`)
}

const ADVICE: { [code: string]: Advice } = {
  NOT_IN_LIST: (field, { value }) =>
    atTarget(
      `Add ${value === null ? 'the value' : `“${value}”`} to the picklist of ${field}, or map it to a value it has`
    ),
  TOO_LONG: tooLong,
  TOO_SHORT: (field, { message }) =>
    atRecord(`Give ${field} at least ${figure(message, /at least (\d+)/) ?? 'more'} characters`),
  TOO_MANY_DIGITS: (field, { message }) => {
    const most = figure(message, /; (\d+) fit/, /more than (\d+) digits/)
    return inMapping(`Round ${field}${most === null ? '' : ` to ${most} digits`}`)
  },
  MANDATORY: fillIn,
  REQUIRED: fillIn,
  MANDATORY_NOT_FOUND: fillIn,
  EXPECTED_FIELD_MISSING: (field) => inMapping(`Map what ${field} needs beside it`),
  DEPENDENT_FIELD_MISSING: (field) => inMapping(`Map what ${field} needs beside it`),
  FORMAT: format,
  PATTERN: (field) => atRecord(`Write ${field} in the form that the service asks for`),
  PATTERN_NOT_MATCHED: (field) => inMapping(`Convert the value of ${field} in the mapping`),
  NOT_A_DATE: (field) => atRecord(`Write ${field} as a date like 2026-11-20`),
  NOT_A_TIME: (field) => atRecord(`Write ${field} as a time like 2026-11-20T09:30:00Z`),
  NOT_A_NUMBER: asNumber,
  NOT_A_DECIMAL: asNumber,
  NOT_AN_INTEGER: (field) => atRecord(`Write ${field} as a whole number`),
  NOT_A_BOOLEAN: (field) => atRecord(`Write yes or no in ${field}`),
  NOT_A_LIST: (field) => inMapping(`Map a list to ${field}`),
  NOT_A_VALUE: (field) => inMapping(`Map a single value to ${field}, to find a record by`),
  NOT_AN_ID: (field) => atRecord(`Write the id of a record in ${field}`),
  TOO_SMALL: (field, { message }) =>
    atRecord(
      `Raise ${field} to ${figure(message, /less than (\S+)/) ?? 'what is allowed'} or more`
    ),
  TOO_LARGE: (field, { message }) =>
    atRecord(
      `Lower ${field} to ${figure(message, /more than (\S+)/) ?? 'what is allowed'} or less`
    ),
  READ_ONLY: (field) => inMapping(`Take ${field} out of the mapping: it cannot be written`),
  FORMULA: (field) => inMapping(`Mend the formula of ${field} for such values`),
  FILTER: () => inMapping('Mend the filter of the source for such values'),
  KEY_EMPTY: () => atRecord('Give the record a key in the source'),
  AMBIGUOUS_MATCH: () => atRecord('Open it and choose which record of the target it is'),
  MATCH_EMPTY: () => atRecord('Fill in the fields that records are matched by'),
  DUPLICATE_IN_SOURCE: () => atRecord('Keep one of the records that look the same to the target'),
  DUPLICATE_IN_BATCH: () => atRecord('Keep one of the records that look the same to the target'),
  DUPLICATE_DATA: (field) =>
    atRecord(`Change ${field}, which another record has, or match by it to update that record`),
  LOOKUP_NOT_FOUND: reference,
  UNKNOWN_RECORD: reference,
  RESOURCE_NOT_FOUND: reference,
  LOOKUP_AMBIGUOUS: (field) =>
    atTarget(`Leave one record that ${field} can mean, or refer to it by its id`),
  NOT_FOUND: () => atTarget('Create the record in the target, or let the service create it'),
  INVALID_ID: (field) => atRecord(`Correct the id in ${field}`),
  INVALID_DATA: invalid,
  NO_PERMISSION: () => atTarget('Let the authorised user write such records in the target'),
  AUTHORIZATION_FAILED: () => atTarget('Let the authorised user write such records in the target'),
  RECORD_LOCKED: () => atTarget('Unlock the record in the target, then send it again'),
  BLOCKED_RECORD: () => atTarget('Unblock the record in the target, then send it again'),
  NOT_APPROVED: () => atTarget('Approve the record in the target, then send it again'),
  ALREADY_MODIFIED: () =>
    again('Compare it with the target, where it was changed, then send it again'),
  UNCLEAR: () => again('Look for it in the target, and send it again only if it is missing'),
  NO_ANSWER: later,
  NOT_SENT: later,
  HELD_UP: later,
  SKIPPED: later,
  JOB_FAILED: later,
  ROWS_REFUSED: later,
  TOO_MANY_REQUESTS: later,
  CANNOT_PROCESS: later,
  INTERNAL_ERROR: later,
  INTERNAL_SERVER_ERROR: later,
  NO_ADDRESS: fileAdvice,
  FILE_ADDRESS: fileAdvice,
  FILE_CONTENT: fileAdvice,
  FILE_EMPTY: fileAdvice,
  FILE_NOT_FETCHED: fileAdvice,
  FILE_TOO_LARGE: fileAdvice,
}

export const KNOWN_CODES = Object.keys(ADVICE)

/** The repair that fits a cause. */
export function repairOf(cause: Cause): Repair {
  const advice = ADVICE[cause.code]
  if (advice !== undefined) return advice(cause.field ?? 'the field', cause)
  return cause.field === null
    ? atRecord('Correct the record as the message says')
    : atRecord(`Correct ${cause.field} as the message says`)
}
