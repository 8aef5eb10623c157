import { ApiFault } from '../server/api_fault.js'
import type { Call } from '../server/call.js'

const MOST_PER_PAGE = 200

function readWhole(call: Call, name: string, fallback: number, most: number) {
  const text = call.query.get(name)
  if (text === null) return fallback
  const value = Number(text)
  if (!/^-?\d+$/.test(text)) {
    const message = 'either the request body or parameters is in wrong format'
    throw new ApiFault(400, 'UNABLE_TO_PARSE_DATA_TYPE', message)
  }
  if (value >= 1 && value <= most) return value
  throw new ApiFault(400, 'INVALID_DATA', 'invalid data', {
    param_name: name,
    expected_data_type: 'integer',
    maximum_value: most,
  })
}

export function readPaging(call: Call) {
  return {
    page: readWhole(call, 'page', 1, Number.MAX_SAFE_INTEGER),
    perPage: readWhole(call, 'per_page', MOST_PER_PAGE, MOST_PER_PAGE),
  }
}

const MOST_FIELDS = 50

/** `fields`, without which no list is given. */
export function readFields(call: Call) {
  const fields = call.query.get('fields')
  if (!fields) {
    throw new ApiFault(400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', {
      param_name: 'fields',
    })
  }
  return limitFields(fields.split(','))
}

export function limitFields(fields: string[]) {
  if (fields.length <= MOST_FIELDS) return fields
  throw new ApiFault(400, 'LIMIT_EXCEEDED', 'too many fields', {
    param_name: 'fields',
    limit: MOST_FIELDS,
  })
}
