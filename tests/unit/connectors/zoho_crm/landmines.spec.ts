import { test } from '@japa/runner'
import { describeField } from '../../../../plugins/connectors/zoho_crm/describe/describe_field.js'
import { webhooks } from '../../../../plugins/connectors/zoho_crm/webhooks/webhooks.js'
import { openOrg } from './open_org.js'
import { bulkRoute } from './route_of.js'

const HOUR = 3_600_000

test.group('zoho_crm landmines', () => {
  test('a channel hears nothing of related records', async ({ assert, cleanup }) => {
    const { ctx, meter } = await openOrg(cleanup)
    const channel = {
      number: '100000000000002',
      stream: 'Deals',
      changes: ['updated' as const],
      fields: [],
      url: 'http://127.0.0.1:9/hooks/secret',
      token: 't'.repeat(50),
      until: new Date(Date.now() + HOUR).toISOString(),
    }
    const { handle } = await webhooks.subscribe(ctx, channel)
    const made = JSON.parse(String(meter.calls.at(-1)?.body)).watch[0]
    assert.containSubset(made, { notify_on_related_action: false, token: channel.token })
    await webhooks.renew(ctx, channel, handle)
    const renewed = JSON.parse(String(meter.calls.at(-1)?.body)).watch[0]
    assert.notEqual(renewed.notify_on_related_action ?? false, true)
  })

  test('a picklist is known by what is stored, not by what is shown', ({ assert }) => {
    const field = describeField('Deals', {
      api_name: 'Priority',
      data_type: 'picklist',
      json_type: 'string',
      enforce_pick_list_values: true,
      pick_list_values: [
        { display_value: '-None-', actual_value: '-None-' },
        { display_value: 'Dringend', actual_value: 'Urgent' },
        { display_value: 'Alt', actual_value: 'Old', type: 'unused' },
        { display_value: 'Low' },
      ],
    })
    assert.containSubset(field, { type: 'picklist', closed: true })
    assert.deepEqual(field.values, ['Urgent', 'Low'])
  })

  test('what is wider than a file goes by calls', ({ assert }) => {
    const route = bulkRoute()
    const wish = (count: number) => ({
      operation: 'upsert' as const,
      match: { by: 'fields' as const, fields: ['Order_Ref'] },
      options: {},
      fields: Array.from({ length: count }, (_, at) => `Field_${at}`),
    })
    assert.isTrue(route.suits?.(wish(199)))
    assert.isFalse(route.suits?.(wish(200)))
  })
})
