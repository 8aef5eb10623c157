import { test } from '@japa/runner'
import { ConnectorError, type Channel, type WebhookRequest } from '#sdk'
import { webhooks } from '../../../../plugins/connectors/zoho_crm/webhooks/webhooks.js'
import { cannedContext } from './canned_context.js'
import { openOrg } from './open_org.js'

const channel = (changes: Partial<Channel> = {}): Channel => ({
  number: '100000000000001',
  stream: 'Deals',
  changes: ['created', 'updated', 'deleted'],
  fields: [],
  url: 'http://127.0.0.1:9/hooks/secret',
  token: 'token-of-this-channel',
  until: new Date(Date.now() + webhooks.longest * 1000).toISOString(),
  ...changes,
})

const told = (body: unknown): WebhookRequest => ({
  headers: {},
  query: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

const caught = (work: () => unknown) => {
  try {
    return work()
  } catch (error) {
    return error
  }
}

test.group('zoho_crm notifications', () => {
  test('both words for each kind are known, and the fields however they come', ({ assert }) => {
    const notice = { module: 'Deals', ids: ['12', 13, '12'], server_time: 1_718_117_126_473 }
    const kinds = ['insert', 'create', 'update', 'edit', 'delete', 'merge'].map((operation) => {
      const [event] = webhooks.parse(told({ ...notice, operation }))
      return event.change
    })
    assert.deepEqual(kinds, ['created', 'created', 'updated', 'updated', 'deleted', 'updated'])
    const shapes = [
      [{ 12: ['Stage'] }, { 13: ['Stage', 'Amount'] }],
      ['Stage', 'Amount'],
    ]
    for (const affected of shapes) {
      const body = { ...notice, operation: 'update', affected_fields: affected }
      assert.deepEqual(webhooks.parse(told(body)), [
        {
          stream: 'Deals',
          change: 'updated',
          keys: ['12', '13'],
          fields: ['Stage', 'Amount'],
          at: '2024-06-11T14:45:26.473Z',
        },
      ])
    }
  })

  test('what is no notification is fatal, in a sentence')
    .with(['', '[1]', '{"module":"Deals"}', '{"module":1,"ids":[]}', 'null'])
    .run(({ assert }, body) => {
      const error = caught(() => webhooks.parse(told(body)))
      assert.instanceOf(error, ConnectorError)
      assert.match(String(error), /This is no notification of Zoho CRM/)
    })
})

test.group('zoho_crm channels', () => {
  test('a week is granted, a second more is an hour', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const asked = channel()
    const granted = await webhooks.subscribe(ctx, asked)
    assert.approximately(Date.parse(granted.until), Date.parse(asked.until), 1000)
    const long = channel({ until: new Date(Date.now() + 8 * 24 * 3_600_000).toISOString() })
    const short = await webhooks.subscribe(ctx, long)
    assert.isBelow(Date.parse(short.until) - Date.now(), 3_601_000)
    const again = await webhooks.renew(ctx, asked, granted.handle)
    assert.approximately(Date.parse(again.until), Date.parse(asked.until), 1000)
  })

  test('what is granted to the first of its events to end counts', async ({ assert }) => {
    const ends = ['2026-11-27T10:00:00+00:00', '2026-11-20T11:00:00+00:00', '2026-11-26T10:00:00Z']
    const events = ends.map((end) => ({ channel_expiry: end }))
    const watch = [{ code: 'SUCCESS', status: 'success', message: 'ok', details: { events } }]
    const { ctx } = cannedContext(() => ({ status: 201, body: { watch } }))
    const granted = await webhooks.subscribe(ctx, channel())
    assert.equal(granted.until, '2026-11-20T11:00:00.000Z')
  })

  test('one that is gone is told by its renewal, and ends without complaint', async ({
    assert,
    cleanup,
  }) => {
    const { ctx } = await openOrg(cleanup)
    const { handle } = await webhooks.subscribe(ctx, channel())
    await webhooks.unsubscribe(ctx, handle)
    await webhooks.unsubscribe(ctx, handle)
    const error = await webhooks.renew(ctx, channel(), handle).catch((one: unknown) => one)
    assert.isTrue(error instanceof ConnectorError && error.kind === 'config', String(error))
    assert.match(String(error), /NOT_SUBSCRIBED/)
  })

  test('the wish for some fields is sent as a condition', async ({ assert, cleanup }) => {
    const { ctx, meter } = await openOrg(cleanup)
    await webhooks.subscribe(ctx, channel({ fields: ['Stage', 'Amount'] }))
    const sent = JSON.parse(String(meter.calls.at(-1)?.body)).watch[0]
    assert.containSubset(sent.notification_condition, [
      { type: 'field_selection', module: { api_name: 'Deals' } },
    ])
    const unknown = channel({ fields: ['Nope'] })
    const error = await webhooks.subscribe(ctx, unknown).catch((one: unknown) => one)
    assert.match(String(error), /no field "Nope"/)
  })

  test('an address that is too long is refused before any call', async ({ assert }) => {
    const { ctx, calls } = cannedContext(() => ({ status: 500 }))
    const long = channel({ url: 'https://example.com/'.padEnd(256, 'a') })
    const error = await webhooks.subscribe(ctx, long).catch((one: unknown) => one)
    assert.match(String(error), /shorten PUBLIC_URL/)
    assert.lengthOf(calls, 0)
    const just = channel({ url: 'https://example.com/'.padEnd(255, 'a') })
    await webhooks.subscribe(ctx, just).catch(() => null)
    assert.lengthOf(calls, 1)
  })
})
