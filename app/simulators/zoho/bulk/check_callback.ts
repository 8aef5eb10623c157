import { ApiFault } from '../server/api_fault.js'
import { isObject } from '../server/call.js'

function isHttp(text: unknown): text is string {
  if (typeof text !== 'string' || !URL.canParse(text)) return false
  return /^https?:$/.test(new URL(text).protocol)
}

/** The address to which a job's end is told; null without one. */
export function checkCallback(callback: unknown) {
  if (callback === undefined) return null
  if (isObject(callback) && callback.method === 'post' && isHttp(callback.url)) return callback.url
  throw new ApiFault(400, 'INVALID_CALLBACK_URL', 'the callback url is not valid', {
    api_name: 'callback',
    json_path: '$.callback.url',
  })
}
