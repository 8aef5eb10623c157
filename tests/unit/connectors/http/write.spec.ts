import { test } from '@japa/runner'
import { ConnectorError, type Value } from '#sdk'
import { openEndpoint, TOKEN } from './open_endpoint.js'

const lead = { email: 'a@b.example', name: 'Zoë "x" {{email}}', amount: 1.5 }

async function errorOf(work: () => Promise<unknown>): Promise<ConnectorError> {
  const error: unknown = await work().then(
    () => null,
    (cause: unknown) => cause
  )
  if (error instanceof ConnectorError) return error
  throw new Error(`expected a ConnectorError, not ${String(error)}`)
}

test.group('http writing', () => {
  test('sends a record as it is, with the authorization', async ({ assert, cleanup }) => {
    const end = await openEndpoint(cleanup, { headers: 'X-Site: shop; X-Mode: live' })
    const outcomes = await end.write([lead])
    assert.deepEqual(outcomes, [{ index: 0, state: 'updated', id: 'a@b.example' }])
    const [{ method, path, headers, body }] = end.received
    assert.equal(`${method} ${path}`, 'POST /api/leads')
    assert.equal(headers['x-api-key'], TOKEN)
    assert.equal(headers['x-site'], 'shop')
    assert.deepEqual(JSON.parse(body), lead)
  })

  test('a value can be nothing but a value in body and path', async ({ assert, cleanup }) => {
    const end = await openEndpoint(cleanup)
    const record = { email: 'a/../b?c#d', name: '","admin":true,"x":"', amount: 2, note: [1] }
    await end.write([record], {
      method: 'PUT',
      path: '/leads/{{email}}',
      body: '{"n":"Hello {{name}}","amount":"{{amount}}","note":"{{note}}","none":"{{_id}}"}',
    })
    const [{ path, body }] = end.received
    assert.equal(path, '/api/leads/a%2F..%2Fb%3Fc%23d')
    assert.deepEqual(JSON.parse(body), {
      n: `Hello ${record.name}`,
      amount: 2,
      note: [1],
      none: null,
    })
  })

  test('a record without a place in the path is at fault', async ({ assert, cleanup }) => {
    const end = await openEndpoint(cleanup)
    for (const email of ['', '..', null]) {
      const [outcome] = await end.write([{ email, name: 'x' }], { path: '/leads/{{email}}' })
      assert.containSubset(outcome, { state: 'rejected', code: 'NO_ADDRESS', field: 'email' })
    }
    assert.lengthOf(end.received, 0)
  })

  test('the idempotency key is that of the content', async ({ assert, cleanup }) => {
    const end = await openEndpoint(cleanup)
    const options = { idempotencyHeader: 'Idempotency-Key' }
    for (const record of [lead, { ...lead, amount: 2 }, lead]) await end.write([record], options)
    const keys = end.received.map(({ headers }) => headers['idempotency-key'])
    assert.equal(keys[0], keys[2])
    assert.notEqual(keys[0], keys[1])
    assert.lengthOf(String(keys[0]), 43)
  })

  test('results of a list go to their records', async ({ assert, cleanup }) => {
    const results: Value = [
      { ok: true, id: 7 },
      { ok: false, why: `no ${TOKEN}` },
    ]
    const end = await openEndpoint(cleanup, {}, () => ({ status: 200, body: { results } }))
    const records = ['a', 'b', 'c'].map((email) => ({ email, name: 'x' }))
    const outcomes = await end.write(records, {
      ...{ perCall: '10', envelope: '{"rows":"{{records}}","all":true}', results: '/results' },
      ...{ okPointer: '/ok', okValue: 'true', idPointer: '/id', messagePointer: '/why' },
    })
    assert.deepEqual(JSON.parse(end.received[0].body), { rows: records, all: true })
    assert.deepEqual(outcomes, [
      { index: 0, state: 'updated', id: '7' },
      { index: 1, state: 'rejected', code: 'REFUSED', message: 'no ***' },
    ])
  })

  test('a refusal is the record’s, a missing path is not', async ({ assert, cleanup }) => {
    const end = await openEndpoint(cleanup)
    end.next.push(() => ({ status: 422, body: { error: `amount ${TOKEN}` } }))
    const [outcome] = await end.write([lead])
    assert.containSubset(outcome, { state: 'rejected', code: 'HTTP_422' })
    assert.notInclude(JSON.stringify(outcome), TOKEN)
    end.next.push(() => ({ status: 404 }))
    const missing = await errorOf(() => end.write([lead]))
    assert.equal(missing.kind, 'config')
    end.next.push(() => ({ status: 409 }))
    const [known] = await end.write([lead], { okStatus: '200-299, 409' })
    assert.equal(known.state, 'updated')
  })
})

test.group('http trouble', () => {
  const troubles: Array<[number, { [name: string]: string }, Partial<ConnectorError>]> = [
    [429, { 'retry-after': '7' }, { kind: 'rate_limited', retryAfter: 7000 }],
    [503, { 'retry-after': '2' }, { kind: 'rate_limited', retryAfter: 2000 }],
    [429, {}, { kind: 'rate_limited', retryAfter: null }],
    [503, {}, { kind: 'transient', delivered: 'unknown' }],
    [500, {}, { kind: 'transient', delivered: 'unknown' }],
    [401, {}, { kind: 'auth' }],
    [302, { location: 'http://169.254.169.254/' }, { kind: 'config' }],
  ]
  for (const [status, headers, expected] of troubles) {
    const wait = 'retry-after' in headers ? ' with Retry-After' : ''
    test(`${status}${wait} is ${expected.kind}`, async ({ assert, cleanup }) => {
      const end = await openEndpoint(cleanup, {}, () => ({ status, headers, body: TOKEN }))
      const error = await errorOf(() => end.write([lead]))
      assert.containSubset({ ...error }, expected)
      assert.lengthOf(end.received, 1)
      assert.notInclude(`${error.message} ${error.detail}`, TOKEN)
    })
  }

  test('a reply that says nothing readable leaves the records in doubt', async ({
    assert,
    cleanup,
  }) => {
    const end = await openEndpoint(cleanup, {}, () => ({ status: 200, body: '<html>' }))
    const error = await errorOf(() => end.write([lead], { okPointer: '/ok', okValue: 'yes' }))
    assert.containSubset({ ...error }, { kind: 'config', delivered: 'unknown' })
  })

  test('templates that cannot be are refused before a call', async ({ assert, cleanup }) => {
    const end = await openEndpoint(cleanup)
    const wrong: Array<{ [name: string]: Value }> = [
      { body: '{"a": {{email}}}' },
      { body: '{"a":"{{mail}}"}' },
      { path: '/x/{{mail}}' },
      { perCall: '10', path: '/x/{{email}}' },
      { perCall: '10', envelope: '{"data":[]}' },
    ]
    for (const options of wrong) {
      const error = await errorOf(() => end.write([lead], options))
      assert.equal(error.kind, 'config', JSON.stringify(options))
    }
    assert.lengthOf(end.received, 0)
  })

  test('only what may be sent twice is said to be', async ({ assert, cleanup }) => {
    const { access, stream } = await openEndpoint(cleanup)
    const match = { by: 'fields' as const, fields: ['email'] }
    const mayRepeat = (options: { [name: string]: Value }) => {
      const wish = { operation: 'upsert' as const, match, fields: ['email'], options }
      const fitting = access.routes?.(stream).filter((each) => each.suits?.(wish)) ?? []
      assert.lengthOf(fitting, 1)
      return fitting[0].idempotent.length > 0
    }
    assert.isFalse(mayRepeat({}))
    assert.isTrue(mayRepeat({ method: 'PUT' }))
    assert.isTrue(mayRepeat({ idempotencyHeader: 'x' }))
    assert.isFalse(mayRepeat({ idempotencyHeader: 'x', perCall: '50' }))
    assert.isFalse(mayRepeat({ method: 'PUT', perCall: '50' }))
    assert.isTrue(mayRepeat({ repeatable: true, perCall: '50' }))
  })
})
