/** What a typed object of the SDK holds, as plain values; `is` names its class. */
export function describeObject(value) {
  if (value === null || typeof value !== 'object') return value
  if (value instanceof Date || Buffer.isBuffer(value)) return value
  if (Array.isArray(value)) return value.map(describeObject)
  if (value instanceof Map) return fromEntries(value)
  const is = value.constructor.name
  if (is === 'Choice') return value.getValue()
  if (value.getKeyValues) return { is, ...fromEntries(value.getKeyValues()) }
  const fields = Object.entries(value).filter(([name]) => name !== 'keyModified')
  return { is, ...fromEntries(fields) }
}

function fromEntries(entries) {
  return Object.fromEntries([...entries].map(([name, inner]) => [name, describeObject(inner)]))
}

/** What the SDK made of an answer. */
export function describeResponse(response) {
  return { status: response.getStatusCode(), object: describeObject(response.getObject()) }
}

/** An SDKException says more in its fields than in its message. */
export function describeError(error) {
  const { code, details, cause } = error
  const because = cause === undefined || cause === null ? '' : ` (${cause.stack})`
  return `${error}${because} ${JSON.stringify({ code, details })}`
}
