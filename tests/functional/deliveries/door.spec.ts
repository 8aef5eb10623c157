import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Channel from '#domain/deliveries/channel'
import Delivery from '#domain/deliveries/delivery'
import { DeliveryDesk } from '#domain/deliveries/delivery_desk'
import { endIdleChannels } from '#domain/deliveries/end_idle_channels'
import { baseUrl } from '#tests/support/base_url'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'
import { givenZohoToZoho } from '#tests/support/zoho_to_zoho'
import type { ZohoToZoho } from '#tests/support/zoho_to_zoho'
import { changesOf, heard, turn, webhookRuns } from './desk_turns.js'

const MINUTE = 60_000

interface Letter {
  path?: string
  body: string
  type?: string
}

async function knock(house: ZohoToZoho, { path, body, type = 'application/json' }: Letter) {
  const channel = await house.channel()
  const { path: own } = await channel.secrets()
  const response = await fetch(`${baseUrl()}/hooks/${path ?? own}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  })
  return { status: response.status, text: await response.text() }
}

async function notice(house: ZohoToZoho, more: object = {}): Promise<string> {
  const channel = await house.channel()
  const { token } = await channel.secrets()
  const ids = ['5725767000000411001']
  return JSON.stringify({ module: 'Deals', operation: 'update', ids, token, ...more })
}

const stored = ({ tenant }: ZohoToZoho) => Delivery.query().where('tenantId', tenant.id)

async function countOf(table: string): Promise<number> {
  const [{ count }] = await db.from(table).count('* as count')
  return Number(count)
}

test.group('The door of vendors', () => {
  test('stores what is proven, and tells strangers nothing', async ({ assert }) => {
    await withTestRunners(async () => {
      const house = await givenZohoToZoho()
      await turn(house, Date.now())
      const sound = await notice(house)
      const sessions = await countOf('sessions')
      assert.deepEqual(await knock(house, { body: sound }), { status: 204, text: '' })
      const plain = await knock(house, { body: sound, type: 'text/plain' })
      assert.equal(plain.status, 204)

      const channel = await house.channel()
      const { token } = await channel.secrets()
      const wrong = [
        { body: await notice(house, { token: `${token}x` }) },
        { body: await notice(house, { token: '' }) },
        { body: await notice(house, { token: [token] }) },
        { body: '[]' },
        { body: 'not json', type: 'text/plain' },
        { body: sound, path: 'a'.repeat(43) },
      ]
      assert.equal(await countOf('sessions'), sessions, 'a vendor leaves no session behind')
      for (const letter of wrong) {
        assert.deepEqual(await knock(house, letter), { status: 404, text: '' }, letter.body)
      }
      const large = await notice(house, { more: 'x'.repeat(300_000) })
      assert.containSubset(await knock(house, { body: large }), { status: 413 })
      const kept = await stored(house)
      assert.lengthOf(kept, 2)
      assert.containSubset(await house.channel(), { refused: 5 })
      await house.close()
    })
  }).timeout(60_000)

  test('keeps no token and no content in the clear', async ({ assert }) => {
    await withTestRunners(async () => {
      const house = await givenZohoToZoho()
      await turn(house, Date.now())
      await knock(house, { body: await notice(house, { affected_values: ['Secret Ltd'] }) })
      const [delivery] = await stored(house)
      const channel = await house.channel()
      const { token, path } = await channel.secrets()
      const rows = JSON.stringify([delivery.$attributes, channel.$attributes])
      for (const secret of [token, path, 'Secret Ltd', '5725767000000411001']) {
        assert.notInclude(rows, secret)
      }
      const vault = await channel.vault()
      const plain = vault.open(delivery.sealedRequest, `deliveries:${delivery.id}:request`)
      assert.include(plain, 'Secret Ltd')
      assert.notInclude(plain, token)
      await house.close()
    })
  }).timeout(60_000)

  test('a server that ends between storing and working works it when it is back', async ({
    assert,
  }) => {
    await withTestRunners(async (dispatcher) => {
      const house = await givenZohoToZoho({ atRecords: 2 })
      const now = Date.now()
      await turn(house, now)
      const ids = await house.person.create(2)
      await heard(house, 1)
      house.desk = new DeliveryDesk()
      await house.desk.open(now)
      await turn(house, now)
      assert.deepEqual(await changesOf(house, 'waiting'), ids.sort())
      await turn(house, now + 3000)
      const [run, ...others] = await webhookRuns(house)
      assert.lengthOf(others, 0)
      await untilOver(run, dispatcher)
      assert.equal(run.created, 2)
      await house.close()
    })
  }).timeout(60_000)

  test('duplicates and disorder lead to one run and the last state', async ({ assert }) => {
    await withTestRunners(async (dispatcher) => {
      const house = await givenZohoToZoho()
      const now = Date.now()
      await turn(house, now)
      house.source.faults([
        { match: {}, kind: 'notify_duplicate' },
        { match: { every: 2 }, kind: 'notify_disorder' },
      ])
      const [id] = await house.person.create(1)
      for (let edit = 1; edit <= 5; edit += 1) await house.person.rename(id, `Edit ${edit}`)
      await heard(house, 12)
      await turn(house, now + 3000)
      await turn(house, now + 11 * MINUTE)
      const [run, ...others] = await webhookRuns(house)
      await untilOver(run, dispatcher)
      assert.lengthOf(others, 0)
      assert.containSubset(run, { created: 1, updated: 0, creditsSpent: run.creditsSpent })
      // Told of once more, it is read, found unchanged, and not sent.
      await knock(house, { body: await notice(house, { ids: [id] }) })
      await turn(house, now + 12 * MINUTE)
      await turn(house, now + 23 * MINUTE)
      const [, again] = await webhookRuns(house)
      await untilOver(again, dispatcher)
      assert.containSubset(again, { state: 'succeeded', unchanged: 1, updated: 0 })
      await house.close()
    })
  }).timeout(60_000)

  test('a channel that nobody follows ends before its connection goes', async ({ assert }) => {
    await withTestRunners(async () => {
      const house = await givenZohoToZoho()
      await turn(house, Date.now())
      const { connectionId } = await house.channel()
      await endIdleChannels(connectionId)
      assert.containSubset(await house.channel(), { state: 'open' })
      await house.service.delete()
      await endIdleChannels(connectionId)
      assert.lengthOf(await Channel.query().where('tenantId', house.tenant.id), 0)
      const reply = await fetch(`${house.source.url}/__simulator/notifications`)
      assert.deepEqual(Reflect.get(Object(await reply.json()), 'channels'), [])
      await house.close()
    })
  }).timeout(60_000)

  test('a channel ends with its service, and is unsubscribed', async ({ assert }) => {
    await withTestRunners(async () => {
      const house = await givenZohoToZoho()
      const now = Date.now()
      await turn(house, now)
      await house.service.merge({ state: 'archived' }).save()
      await turn(house, now + MINUTE)
      assert.lengthOf(await Channel.query().where('tenantId', house.tenant.id), 0)
      const reply = await fetch(`${house.source.url}/__simulator/notifications`)
      assert.deepEqual(Reflect.get(Object(await reply.json()), 'channels'), [])
      await house.close()
    })
  }).timeout(60_000)
})
