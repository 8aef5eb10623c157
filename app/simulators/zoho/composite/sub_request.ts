import { ApiFault } from '../server/api_fault.js'
import { Call, isObject } from '../server/call.js'

export interface SubRequest {
  id: string | null
  method: string
  path: string
  query: URLSearchParams
  headers: Record<string, string>
  body: Buffer
}

const MOST = 5
const ID = /^[a-zA-Z0-9]\w*$/
const URI = /^\/crm(?:\/.*)?\/v\d+(?:\.\d+)?\/.*/
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

function refuse(code: string, path: string, more: Record<string, unknown> = {}) {
  const message = code === 'MANDATORY_NOT_FOUND' ? 'required field not found' : 'invalid data'
  return new ApiFault(400, code, message, { json_path: path, ...more })
}

function texts(sent: unknown): Record<string, string> {
  if (!isObject(sent)) return {}
  return Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, String(value)]))
}

function readOne(sent: unknown, path: string): SubRequest {
  if (!isObject(sent)) throw refuse('INVALID_DATA', path)
  const { sub_request_id: id = null, uri, method, params, headers, body } = sent
  if (id !== null && !ID.test(String(id))) throw refuse('INVALID_DATA', `${path}.sub_request_id`)
  if (uri === undefined) throw refuse('MANDATORY_NOT_FOUND', `${path}.uri`)
  if (typeof uri !== 'string' || !URI.test(uri)) throw refuse('INVALID_DATA', `${path}.uri`)
  if (!METHODS.includes(String(method))) throw refuse('INVALID_DATA', `${path}.method`)
  const url = new URL(uri, 'http://simulator')
  const lower = Object.entries(texts(headers)).map(([name, value]) => [name.toLowerCase(), value])
  return {
    id: id === null ? null : String(id),
    method: String(method),
    path: url.pathname,
    query: new URLSearchParams([...url.searchParams, ...Object.entries(texts(params))]),
    headers: Object.fromEntries(lower),
    body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
  }
}

/** A part of a composite as a call of its own. */
export function subCall({ org, faults, caller }: Call, sub: SubRequest, params: Call['params']) {
  return new Call(org, sub.query, sub.headers, sub.body, params, faults, caller)
}

/** The calls of a composite, refused together when one cannot be read. */
export function readSubRequests(sent: Record<string, unknown>): SubRequest[] {
  const { __composite_requests: list } = sent
  const path = '$.__composite_requests'
  if (list === undefined) throw refuse('MANDATORY_NOT_FOUND', path)
  if (!Array.isArray(list) || list.length === 0) throw refuse('INVALID_DATA', path)
  if (list.length > MOST) throw refuse('LIMIT_EXCEEDED', path, { limit: MOST })
  if (sent.rollback_on_fail === true && sent.parallel_execution === true) {
    throw refuse('AMBIGUITY_DURING_PROCESSING', '$.parallel_execution')
  }
  return list.map((item: unknown, position) => readOne(item, `${path}[${position}]`))
}
