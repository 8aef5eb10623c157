/** Where a value stands, as Zoho says it. */
export const at = (path: string, more: object = {}) => ({
  api_name: path.split(/[.[]/).at(-1),
  json_path: `$.data[0].${path}`,
  ...more,
})

/** Every code of the contract that a record may be refused with. */
export const recordCodes: Array<[string, object, string | null, RegExp]> = [
  ['INVALID_DATA', at('Amount', { expected_data_type: 'double' }), 'Amount', /a number/],
  ['INVALID_DATA', at('Closing_Date', { expected_data_type: 'date' }), 'Closing_Date', /a date/],
  ['INVALID_DATA', at('Deal_Name', { maximum_length: 120 }), 'Deal_Name', /120 characters at most/],
  ['INVALID_DATA', at('Account_Name.id'), 'Account_Name', /does not have/],
  ['INVALID_DATA', at('id'), 'id', /no record with this id/],
  [
    'INVALID_DATA',
    at('Items[2].Quantity', { expected_data_type: 'integer' }),
    'Items',
    /Quantity in row 3 of Items .*a whole number/,
  ],
  ['MANDATORY_NOT_FOUND', at('Stage'), 'Stage', /mandatory/],
  ['MANDATORY_NOT_FOUND', at('Account_Name.id'), 'Account_Name', /mandatory/],
  [
    'DUPLICATE_DATA',
    at('Order_Ref', { duplicate_record: { id: '77' } }),
    'Order_Ref',
    /by record 77/,
  ],
  [
    'MULTIPLE_OR_MULTI_ERRORS',
    {
      errors: ['Order_Ref', 'Barcode'].map((name) => ({
        code: 'DUPLICATE_DATA',
        message: 'duplicate data',
        details: at(name),
      })),
    },
    'Order_Ref',
    /Order_Ref must be unique.*Barcode must be unique/,
  ],
  ['MULTIPLE_OR_MULTI_ERRORS', {}, null, /Several values/],
  ['EXPECTED_FIELD_MISSING', { expected_fields: [at('End_Time')] }, 'End_Time', /needs End_Time/],
  [
    'DEPENDENT_FIELD_MISSING',
    at('State', { expected_fields: [at('Country')] }),
    'State',
    /Country/,
  ],
  ['DEPENDENT_MISMATCH', at('State'), 'State', /does not fit/],
  ['AMBIGUITY_DURING_PROCESSING', at('Owner'), 'Owner', /two ways/],
  ['LIMIT_EXCEEDED', at('Tags'), 'Tags', /more than Zoho allows/],
  ['PATTERN_NOT_MATCHED', at('Phone'), 'Phone', /form/],
  ['UNABLE_TO_PARSE_DATA_TYPE', at('Amount'), 'Amount', /cannot read/],
  ['RECORD_LOCKED', {}, null, /locked/],
  ['NOT_APPROVED', {}, null, /approval/],
  ['BLOCKED_RECORD', {}, null, /blocked/],
  ['AUTHORIZATION_FAILED', {}, null, /may not write/],
  ['NO_PERMISSION', {}, null, /may not write/],
  ['NOT_SUPPORTED', at('Tag'), 'Tag', /does not support/],
  ['RESOURCE_NOT_FOUND', at('Account_Name.id'), 'Account_Name', /does not have/],
  ['INVALID_MODULE', {}, null, /module/],
  ['ALREADY_MODIFIED', { id: '5' }, null, /changed in Zoho after/],
  ['FILE_TOO_LARGE', at('Report'), 'Report', /larger than/],
  ['REQUEST_ENTITY_TOO_LARGE', {}, null, /larger than/],
  ['FILE_SIZE_MORE_THAN_ALLOWED_SIZE', at('Report'), 'Report', /larger than/],
  ['MEDIA_TYPE_NOT_SUPPORTED', at('Report'), 'Report', /kind/],
]

/** Codes that blame Zoho or the moment: the record is sent again. */
export const momentCodes = ['INTERNAL_ERROR', 'INTERNAL_SERVER_ERROR', 'CANNOT_PROCESS']

/** Every code of the contract that a whole call may be refused with, and what the run does. */
export const callCodes: Array<[number, string, string]> = [
  [400, 'INVALID_MODULE', 'config'],
  [400, 'INVALID_DATA', 'config'],
  [400, 'MANDATORY_NOT_FOUND', 'config'],
  [400, 'EXPECTED_FIELD_MISSING', 'config'],
  [400, 'AMBIGUITY_DURING_PROCESSING', 'config'],
  [400, 'REQUIRED_PARAM_MISSING', 'config'],
  [400, 'EXPECTED_PARAM_MISSING', 'config'],
  [400, 'LIMIT_EXCEEDED', 'config'],
  [400, 'LIMIT_REACHED', 'config'],
  [400, 'DISCRETE_PAGINATION_LIMIT_EXCEEDED', 'config'],
  [400, 'PAGINATION_LIMIT_EXCEEDED', 'config'],
  [400, 'TOKEN_BOUND_DATA_MISMATCH', 'config'],
  [400, 'EXPIRED_VALUE', 'config'],
  [400, 'INVALID_QUERY', 'config'],
  [400, 'SYNTAX_ERROR', 'config'],
  [400, 'INVALID_ALIAS', 'config'],
  [400, 'DUPLICATE_ALIAS', 'config'],
  [400, 'RECORD_LOCKED', 'config'],
  [400, 'NOT_APPROVED', 'config'],
  [400, 'UNABLE_TO_PARSE_DATA_TYPE', 'config'],
  [400, 'PATTERN_NOT_MATCHED', 'config'],
  [400, 'INVALID_REQUEST_METHOD', 'config'],
  [400, 'AUTHORIZATION_FAILED', 'config'],
  [400, 'INVALID_HOST', 'config'],
  [400, 'NOT_SUPPORTED', 'config'],
  [401, 'AUTHENTICATION_FAILURE', 'auth'],
  [401, 'INVALID_TOKEN', 'auth'],
  [401, 'OAUTH_SCOPE_MISMATCH', 'auth'],
  [403, 'NO_PERMISSION', 'config'],
  [403, 'NOT_SUPPORTED', 'config'],
  [404, 'INVALID_URL_PATTERN', 'config'],
  [404, 'RESOURCE_NOT_FOUND', 'config'],
  [415, 'MEDIA_TYPE_NOT_SUPPORTED', 'config'],
  [429, 'TOO_MANY_REQUESTS', 'rate_limited'],
  [500, 'INTERNAL_ERROR', 'transient'],
]

/** What no user has to know. */
export const JARGON = /json|api_name|\$\.|data_type|undefined|null|\[object|bigint|double/i
/** A sentence that says what to do has one of these. */
export const WHAT_TO_DO =
  /\b(Map|Send|Convert|Change|Check|Choose|Shorten|Ask|Unlock|Unblock|Approve|Compare|Remove|Do not map|Upload|Authorise|Test|Start|Narrow|Read|Give|Rename|It is sent again)\b/

/** An error as Zoho writes it. */
export const vendorEntry = (code: string, details: object) => ({
  code,
  details,
  message: 'as Zoho words it',
  status: 'error',
})
