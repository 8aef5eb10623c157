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
  INVALID_MODULE: 'There is no such module for the authorised user, or the API does not serve it.',
  INVALID_URL_PATTERN: 'Zoho does not know this address. Check API address and API version.',
  RESOURCE_NOT_FOUND: 'Zoho no longer knows what was asked for.',
  REQUIRED_PARAM_MISSING: 'Zoho misses a parameter.',
  LIMIT_EXCEEDED: 'The call asks for more than Zoho allows.',
  INVALID_QUERY: 'Zoho does not accept the query.',
  SYNTAX_ERROR: 'Zoho does not understand the query.',
  NOT_SUPPORTED: 'Zoho does not support this for the module or the user.',
  FILE_TOO_LARGE: 'The file is larger than Zoho takes (25 MB). Use fewer or shorter fields.',
  REQUEST_ENTITY_TOO_LARGE: 'The call is larger than Zoho takes. Use fewer or shorter fields.',
  INVALID_FILE_FORMAT: 'Zoho could not open the uploaded zip.',
  MODULE_NOT_AVAILABLE: 'Zoho does not offer bulk write for this module.',
  HEADER_LIMIT_EXCEEDED: 'Bulk write takes 200 columns at most. Map fewer fields.',
  MANDATORY_FIELDS_NOT_MAPPED: 'A field that the module requires is not mapped.',
  INVALID_FIELD: 'The module has no such field, or it cannot be written by bulk write.',
  INVALID_FORMAT: 'Zoho does not accept the date format of a column.',
}

function named(error: VendorError) {
  const details = error.details ?? {}
  const subject = details.api_name ?? details.param_name ?? details.column_name
  return typeof subject === 'string' ? ` (${subject})` : ''
}

export function requestSentence(status: number, error: VendorError | null): string {
  if (!error) {
    return status === 401
      ? 'Zoho does not know who is calling. Authorise the connection again.'
      : 'Zoho denies this call to the authorised user.'
  }
  const known = sentences[error.code]
  const said = `Zoho says: ${error.message} [${error.code}]${named(error)}.`
  return known ? `${known} ${said}` : said
}
