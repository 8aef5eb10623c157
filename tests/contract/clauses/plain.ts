import assert from 'node:assert/strict'

/** Fails on all that `Value` leaves out. */
export function assertPlain(value: unknown, path: string): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return
  if (typeof value === 'number') {
    assert.ok(Number.isFinite(value), `${path} is ${value}`)
    assert.ok(!Number.isInteger(value) || Number.isSafeInteger(value), `${path} lost digits`)
    return
  }
  assert.equal(typeof value, 'object', `${path} is a ${typeof value}`)
  if (Array.isArray(value)) {
    for (const [at, each] of value.entries()) assertPlain(each, `${path}[${at}]`)
    return
  }
  const kind: unknown = Object.getPrototypeOf(value)
  assert.ok(kind === Object.prototype || kind === null, `${path} is an instance of a class`)
  for (const [name, each] of Object.entries(value as object)) assertPlain(each, `${path}.${name}`)
}
