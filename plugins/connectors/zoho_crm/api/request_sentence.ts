import { faultSentence, isRecordCode } from '../write/fault_sentence.js'
import type { VendorError } from './vendor_error.js'

const sentences: { [code: string]: string } = {
  OAUTH_SCOPE_MISMATCH:
    'The authorisation lacks a scope that this call needs. Authorise the connection again with the modules, settings, org, COQL and bulk scopes.',
  INVALID_TOKEN:
    'Zoho does not accept the access token here. Authorise the connection again, and check that the data centre is the one of the org.',
  AUTHENTICATION_FAILURE: 'Zoho does not know who is calling. Authorise the connection again.',
  AUTHORIZATION_FAILED:
    'The org named in the call is not the one of the authorised user. Test the connection again so that it learns its org id.',
  NO_PERMISSION:
    "The authorised user's profile does not allow this. Ask an administrator of the org for the permission.",
  INVALID_HOST:
    'This host does not serve the API. Check the API address: it is the one that Zoho told at sign-in, www.zohoapis with the ending of the data centre.',
  INVALID_MODULE:
    'There is no such module for the authorised user, or the API does not serve it. Choose another.',
  INVALID_URL_PATTERN: 'Zoho does not know this address. Check API address and API version.',
  INVALID_REQUEST_METHOD:
    'Zoho does not offer this at the address. Check the API version of the connection.',
  RESOURCE_NOT_FOUND: 'Zoho no longer knows what was asked for. Start it again.',
  REQUIRED_PARAM_MISSING: 'Zoho misses a parameter. Check the API version of the connection.',
  EXPECTED_PARAM_MISSING:
    'A search needs something to search for. Give a condition, a word, an e-mail address or a phone number.',
  LIMIT_EXCEEDED:
    'The call asks for more than Zoho allows. Ask for fewer fields, values or records.',
  LIMIT_REACHED: 'A search shows 2,000 records at most. Narrow it down.',
  DISCRETE_PAGINATION_LIMIT_EXCEEDED:
    'A list shows 2,000 records at most this way. Narrow it down, or read by a query.',
  PAGINATION_LIMIT_EXCEEDED:
    'A list shows 100,000 records at most. Read by a query or by a bulk job.',
  TOKEN_BOUND_DATA_MISMATCH:
    'The list was begun with other fields or by another user. Start the reading from the beginning.',
  EXPIRED_VALUE: 'The place in the list is older than a day. Start the reading from the beginning.',
  INVALID_QUERY: 'Zoho does not accept the query. Check the names of its fields.',
  SYNTAX_ERROR: 'Zoho does not understand the query. Check how it is written.',
  INVALID_ALIAS: 'A name given to a column of the query is not allowed. Choose another.',
  DUPLICATE_ALIAS: 'Two columns of the query have the same name. Rename one.',
  NOT_SUPPORTED:
    'Zoho does not support this for the module or the user. Choose another module, or authorise as an administrator.',
  MEDIA_TYPE_NOT_SUPPORTED: 'Zoho does not take content of this kind. Send another kind of file.',
  FILE_SIZE_MORE_THAN_ALLOWED_SIZE:
    'The file is larger than Zoho takes (20 MB). Send a smaller one.',
  FILE_TOO_LARGE: 'The file is larger than Zoho takes (25 MB). Use fewer or shorter fields.',
  REQUEST_ENTITY_TOO_LARGE: 'The call is larger than Zoho takes. Use fewer or shorter fields.',
  INVALID_FILE_FORMAT: 'Zoho could not open the uploaded zip. Run the service again.',
  INVALID_FILE_ID: 'Zoho no longer has the uploaded file. Run the service again.',
  FILE_NOT_FOUND: 'Zoho did not find the records in the uploaded file. Run the service again.',
  COLUMN_INDEX_NOT_FOUND: 'A column of the bulk file is missing. Run the service again.',
  INVALID_CALLBACK_URL:
    'Zoho does not accept the address to tell when a job ends. Correct the option callbackUrl, or leave it out.',
  MODULE_NOT_AVAILABLE:
    'Zoho does not offer bulk jobs for this module. Set the route to a call, or read by a query.',
  FIELD_NOT_AVAILABLE:
    'A field cannot be read by a bulk job. Leave it out, or let the connection read by COQL.',
  FIELD_IN_CRITERIA_NOT_SUPPORTED:
    'A bulk job cannot be narrowed by this field. Let the connection read by COQL.',
  CRITERIA_LIMIT_EXCEEDED:
    'The condition is longer than a bulk job takes. Shorten it, or let the connection read by COQL.',
  JOIN_LIMIT_EXCEEDED: 'Too many names behind lookups for one bulk job. Map fewer of them.',
  PAGE_RANGE_EXCEEDED: 'There are more records than bulk jobs reach. Narrow the reading down.',
  CVID_NOT_SUPPORTED: 'A bulk job cannot read this custom view. Choose another.',
  HEADER_LIMIT_EXCEEDED: 'Bulk write takes 200 columns at most. Map fewer fields.',
  MANDATORY_FIELDS_NOT_MAPPED:
    'A field that the module requires is not mapped. Add it to the mapping.',
  INVALID_FIELD:
    'The module has no such field, or it cannot be written by bulk write. Remove it from the mapping, or set the route to a call.',
  INVALID_FORMAT: 'Zoho does not accept the date format of a column. Set the route to a call.',
}

function named(error: VendorError) {
  const details = error.details ?? {}
  const subject = details.api_name ?? details.param_name ?? details.column_name
  return typeof subject === 'string' ? ` (${subject})` : ''
}

/** Codes of records come for whole requests as well. */
function recordSentence(error: VendorError): string | null {
  const nested = error.details?.errors ?? []
  if (nested.length > 0) return nested.map(faultSentence).join(' ')
  return isRecordCode(error.code) ? faultSentence(error) : null
}

export function requestSentence(status: number, error: VendorError | null): string {
  if (!error) {
    return status === 401
      ? 'Zoho does not know who is calling. Authorise the connection again.'
      : 'Zoho denies this call to the authorised user.'
  }
  const known = sentences[error.code] ?? recordSentence(error)
  const said = `Zoho says: ${error.message} [${error.code}]${named(error)}.`
  return known ? `${known} ${said}` : said
}
