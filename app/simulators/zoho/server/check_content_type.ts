import { ApiFault } from './api_fault.js'
import type { Call } from './call.js'
import type { Route } from './route.js'

const FORM = /^(multipart\/|application\/x-www-form-urlencoded)/i
const STRICT = ['POST /crm/bulk/read', 'POST /crm/bulk/write']

/** Bulk jobs alone are taken only from a body whose type is said, and is not a form. */
export function checkContentType(call: Call, { method, path }: Route) {
  if (!STRICT.includes(`${method} ${path}`)) return
  const type = call.header('content-type')
  if (type !== undefined && !FORM.test(type)) return
  throw new ApiFault(415, 'MEDIA_TYPE_NOT_SUPPORTED', 'the Content-Type must be application/json')
}
