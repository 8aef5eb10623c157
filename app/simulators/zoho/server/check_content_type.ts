import { ApiFault } from './api_fault.js'
import type { Call } from './call.js'

const FORM = /^(multipart\/|application\/x-www-form-urlencoded)/i

/** Bulk jobs are taken only from a body whose type is said, and is not a form. */
export function checkContentType(call: Call) {
  const type = call.header('content-type')
  if (type !== undefined && !FORM.test(type)) return
  throw new ApiFault(415, 'MEDIA_TYPE_NOT_SUPPORTED', 'the Content-Type must be application/json')
}
