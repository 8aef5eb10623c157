import { test } from '@japa/runner'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { type Canned, cannedContext } from './canned_context.js'
import { dealBatch, deals } from './deal_batch.js'
import { callRoute } from './route_of.js'

const refusal = (status: number, code: string, message = 'as named'): Canned => ({
  status,
  body: { code, details: {}, message, status: 'error' },
})

async function thrownBy(route: 'insert' | 'upsert', reply: Canned) {
  const { ctx } = cannedContext(() => reply)
  const batch = dealBatch(deals(2), { operation: route })
  const error = await callRoute(route)
    .send(ctx, batch)
    .catch((thrown: unknown) => thrown)
  return error instanceof Error ? error : new Error('nothing was thrown')
}

const table: Array<[string, Canned, { kind: string; delivered: string }, RegExp]> = [
  [
    'scope mismatch',
    refusal(401, 'OAUTH_SCOPE_MISMATCH'),
    { kind: 'auth', delivered: 'no' },
    /lacks a scope/,
  ],
  ['dead token', refusal(401, 'INVALID_TOKEN'), { kind: 'auth', delivered: 'no' }, /data centre/],
  [
    'credits',
    refusal(429, 'TOO_MANY_REQUESTS', 'API credit limit reached'),
    { kind: 'rate_limited', delivered: 'no' },
    /credits of the last 24 hours/,
  ],
  [
    'concurrency',
    refusal(429, 'TOO_MANY_REQUESTS', 'concurrency limit'),
    { kind: 'rate_limited', delivered: 'no' },
    /at once/,
  ],
  [
    'html from a gateway',
    { status: 502, text: '<html>Bad gateway</html>' },
    { kind: 'transient', delivered: 'unknown' },
    /HTTP 502/,
  ],
  [
    'its own fault',
    refusal(500, 'INTERNAL_ERROR'),
    { kind: 'transient', delivered: 'unknown' },
    /HTTP 500/,
  ],
  [
    'an answer cut off',
    { status: 200, text: '{"data":[{"co' },
    { kind: 'transient', delivered: 'unknown' },
    /cut off/,
  ],
  [
    'half an answer',
    { status: 200, body: { data: [] } },
    { kind: 'transient', delivered: 'unknown' },
    /0 of 2/,
  ],
  ['no permission', refusal(403, 'NO_PERMISSION'), { kind: 'config', delivered: 'no' }, /profile/],
  ['wrong host', refusal(400, 'INVALID_HOST'), { kind: 'config', delivered: 'no' }, /API address/],
  [
    'an unknown code',
    refusal(400, 'NEW_CODE', 'something new'),
    { kind: 'config', delivered: 'no' },
    /something new.*NEW_CODE/,
  ],
]

test.group('zoho_crm request errors', () => {
  for (const [name, reply, expected, sentence] of table) {
    test(name, async ({ assert }) => {
      const error = await thrownBy('insert', reply)
      assert.containSubset(error, { name: 'ConnectorError', ...expected })
      assert.match(error.message, sentence)
    })
  }

  test('a 400 for the whole request is no list of faults', async ({ assert }) => {
    const error = await thrownBy('upsert', refusal(400, 'INVALID_MODULE'))
    assert.containSubset(error, { kind: 'config' })
  })

  test('the check answers with the field to mend', async ({ assert }) => {
    const { ctx } = cannedContext(() => refusal(400, 'INVALID_HOST'))
    assert.containSubset(await connector.check(ctx), { ok: false, field: 'apiUrl' })
    const missing = cannedContext(() => refusal(400, 'INVALID_HOST'), { apiUrl: '' })
    assert.containSubset(await connector.check(missing.ctx), { ok: false, field: 'apiUrl' })
    assert.lengthOf(missing.calls, 0)
  })

  test('derived addresses cover every data centre', ({ assert }) => {
    const centre = connector.settings.find(({ name }) => name === 'dataCentre')
    const derived = connector.derived?.dataCentre ?? {}
    assert.sameMembers(centre?.choices ?? [], Object.keys(derived))
    assert.containSubset(derived.ca, {
      accountsUrl: 'https://accounts.zohocloud.ca',
      apiUrl: 'https://www.zohoapis.ca',
      uploadUrl: 'https://upload.zohocloud.ca',
    })
  })
})
