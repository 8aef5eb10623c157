import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { test } from '@japa/runner'
import { list, type SdkAnswer } from '#tests/support/zoho_sdk/sdk_client'
import { stageSdk } from '#tests/support/zoho_sdk/stage_sdk'

const channel = '1000000068001'
const hour = 3_600_000

const inHours = (hours: number) => new Date(Math.floor(Date.now() / 1000) * 1000 + hours * hour)

/** What Zoho says of the events of the one channel in an answer. */
function told({ object }: SdkAnswer) {
  const [entry] = list(object.watch)
  return { entry, events: list(entry.details.events) }
}

/** Somebody whom Zoho tells. */
async function openReceiver(cleanup: (close: () => void) => void) {
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      response.end()
      server.emit('told', body)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanup(() => server.close())
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/hook`, told: () => once(server, 'told') }
}

test.group("Zoho's own SDK: notifications", (group) => {
  const stage = stageSdk(group)

  test('enables a channel, which then tells of what the SDK writes', async ({
    assert,
    cleanup,
  }) => {
    const { sdk, create } = stage()
    const receiver = await openReceiver(cleanup)
    const expiry = inHours(24)
    const answer = await sdk.ask('enableNotifications', {
      channel,
      events: ['Leads.create', 'Deals.all'],
      url: receiver.url,
      token: 'a secret',
      expiry,
    })
    const { entry, events } = told(answer)
    assert.equal(answer.status, 201)
    assert.containSubset(entry, {
      is: 'SuccessResponse',
      message: 'Successfully subscribed for actions-watch of the given module',
    })
    assert.containSubset(events, [
      { is: 'Event', channelId: channel, resourceName: 'Leads', channelExpiry: expiry },
      { is: 'Event', channelId: channel, resourceName: 'Deals', channelExpiry: expiry },
    ])
    const [[delivery], ids] = await Promise.all([
      receiver.told(),
      create('Leads', [{ Last_Name: 'A' }]),
    ])
    assert.containSubset(delivery, {
      module: 'Leads',
      operation: 'insert',
      token: 'a secret',
      ids,
    })
  })

  test('lists, replaces and renews a channel', async ({ assert }) => {
    const { sdk } = stage()
    const watch = { channel, url: 'http://127.0.0.1:9/hook', token: 't', expiry: inHours(1) }
    await sdk.ask('enableNotifications', { ...watch, events: ['Leads.create', 'Deals.all'] })
    const replaced = await sdk.ask('updateNotifications', { ...watch, events: ['Leads.edit'] })
    assert.equal(String(told(replaced).entry.message), 'Successfully updated the subscribe details')
    const expiry = inHours(48)
    const renewal = { channel, events: ['Leads.edit'], expiry }
    const renewed = await sdk.ask('updateNotification', renewal)
    assert.containSubset(told(renewed).events, [{ resourceName: 'Leads', channelExpiry: expiry }])
    const listed = await sdk.ask('getNotifications', { channel })
    assert.equal(listed.status, 200)
    assert.containSubset(listed.object, {
      watch: [
        {
          is: 'Notification',
          channelId: channel,
          resourceName: 'Leads',
          events: ['Leads.edit'],
          notifyUrl: watch.url,
          channelExpiry: expiry,
        },
      ],
      info: { is: 'Info', count: 1, moreRecords: false },
    })
  })

  test('drops events, then the channel', async ({ assert }) => {
    const { sdk } = stage()
    const events = ['Leads.create', 'Deals.all']
    await sdk.ask('enableNotifications', { channel, events, url: 'http://127.0.0.1:9/hook' })
    const dropped = await sdk.ask('disableEvents', { channel, events: ['Deals.all'] })
    assert.equal(dropped.status, 200)
    assert.equal(String(told(dropped).entry.message), 'Successfully removed the subscribe details')
    const ended = await sdk.ask('deleteNotification', { channels: [channel] })
    assert.equal(ended.status, 200)
    assert.equal(String(told(ended).entry.message), 'Successfully un-subscribed from actions-watch')
    assert.deepEqual(await sdk.ask('getNotifications'), { status: 204, object: null })
    const again = await sdk.ask('deleteNotification', { channels: [channel] })
    assert.equal(again.status, 400)
    assert.containSubset(list(again.object.watch), [{ is: 'APIException', code: 'NOT_SUBSCRIBED' }])
  })
})
