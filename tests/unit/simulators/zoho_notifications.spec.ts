import { setImmediate as nextTurn } from 'node:timers/promises'
import { test } from '@japa/runner'
import { BulkClient } from './bulk_client.js'
import { deal, openSimulator, range, statusOf, type SimulatorClient } from './open_simulator.js'
import { Receiver } from './receiver.js'

type Cleanup = (close: () => Promise<void>) => void

const watchPath = '/crm/v8/actions/watch'

function channel(url: string, more: Record<string, unknown> = {}) {
  return { channel_id: '1000000068001', events: ['Deals.all'], notify_url: url, ...more }
}

function watch(zoho: SimulatorClient, ...entries: Record<string, unknown>[]) {
  return zoho.post(watchPath, { watch: entries })
}

async function open(cleanup: Cleanup, more: Record<string, unknown> = {}) {
  const zoho = await openSimulator(cleanup, { bulkDelayMs: 0 })
  const receiver = await Receiver.open(cleanup)
  const subscribed = await watch(zoho, channel(receiver.url, { token: 'secret', ...more }))
  return { zoho, receiver, subscribed }
}

async function edit(zoho: SimulatorClient, operation: string, ...records: unknown[]) {
  const { rows } = await zoho.post('/__simulator/edit', { module: 'Deals', operation, records })
  return rows
}

const later = (seconds: number) =>
  new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+Z/, '+00:00')

test.group('Zoho simulator: notifications', () => {
  test('writes by API, bulk and a user are told, with their operation', async (context) => {
    const { assert } = context
    const { zoho, receiver, subscribed } = await open(context.cleanup)
    assert.equal(subscribed.status, 201)
    await zoho.deals([deal(1), deal(2)])
    await receiver.wait(1)
    await zoho.deals([deal(1, { Amount: 3 })])
    await receiver.wait(2)
    const [row] = await edit(zoho, 'create', { Deal_Name: 'By hand', Stage: 'Closed Won' })
    await receiver.wait(3)
    await edit(zoho, 'delete', { id: row.details.id })
    await receiver.wait(4)
    await new BulkClient(zoho).run([['Deal_Name', 'Stage', 'Order_Ref'], Object.values(deal(9))])
    const posted = await receiver.wait(5)
    const ids = zoho.sim.ledger().map(({ id }) => id)
    assert.deepEqual(
      posted.map(({ operation, ids: told }) => [operation, told]),
      [
        ['insert', [ids[0], ids[1]]],
        ['update', [ids[0]]],
        ['insert', [ids[3]]],
        ['delete', [ids[3]]],
        ['insert', [ids[5]]],
      ]
    )
    assert.include(posted[1], { token: 'secret', module: 'Deals', channel_id: '1000000068001' })
    assert.deepEqual(posted[1].affected_fields, [{ [ids[0]]: ['Amount'] }])
    assert.notProperty(posted[1], 'affected_values')
    const byHand = zoho.sim.ledger()[3]
    assert.equal(byHand.via, 'user')
    assert.notEqual(byHand.by, null)
  })

  test('an expiry that is missing or too far away is one hour', async (context) => {
    const { assert } = context
    const { zoho, receiver, subscribed } = await open(context.cleanup)
    const hoursOf = (expiry: unknown) =>
      Math.round((Date.parse(String(expiry)) - Date.now()) / 3_600_000)
    const granted = subscribed.body.watch[0].details.events[0]
    assert.equal(hoursOf(granted.channel_expiry), 1)
    assert.equal(granted.resource_name, 'Deals')
    for (const [seconds, hours] of [
      [6 * 24 * 3600, 144],
      [8 * 24 * 3600, 1],
    ]) {
      const { body } = await zoho.send('PATCH', watchPath, {
        body: JSON.stringify({
          watch: [{ channel_id: '1000000068001', channel_expiry: later(seconds) }],
        }),
      })
      assert.equal(hoursOf(body.watch[0].details.events[0].channel_expiry), hours)
    }
    zoho.sim.advance(3601)
    await zoho.signIn()
    await zoho.deals([deal(1)])
    const report = await zoho.get('/__simulator/notifications')
    assert.equal(Number(report.body.suppressed.expired), 1)
    assert.lengthOf(receiver.posted, 0)
    assert.equal(await statusOf(zoho.get(watchPath)), 204)
  })

  test('channels are listed, changed, replaced and given up', async (context) => {
    const { assert } = context
    const { zoho, receiver } = await open(context.cleanup)
    const send = async (method: string, entry: Record<string, unknown>) => {
      const body = JSON.stringify({ watch: [{ channel_id: '1000000068001', ...entry }] })
      const answer = await zoho.send(method, watchPath, { body })
      return `${answer.status} ${String(answer.body.watch[0].code)}`
    }
    const events = async () => {
      const { body } = await zoho.get(`${watchPath}?channel_id=1000000068001`)
      return Array.isArray(body.watch) ? body.watch.flatMap(({ events: each }) => each) : []
    }
    assert.deepEqual(await events(), ['Deals.all'])
    assert.equal(await send('PATCH', { events: ['Leads.create'] }), '200 SUCCESS')
    assert.deepEqual(await events(), ['Deals.all', 'Leads.create'])
    const gone = { events: ['Deals.all'], _delete_events: true }
    assert.equal(await send('PATCH', gone), '200 SUCCESS')
    assert.deepEqual(await events(), ['Leads.create'])
    const whole = { events: ['Deals.edit'], notify_url: receiver.url }
    assert.equal(await send('PUT', whole), '200 SUCCESS')
    assert.deepEqual(await events(), ['Deals.edit'])
    const left = await zoho.delete(`${watchPath}?channel_ids=1000000068001,5`)
    assert.equal(left.status, 207)
    assert.equal(left.body.watch[1].code, 'NOT_SUBSCRIBED')
    assert.equal(await send('PATCH', {}), '400 NOT_SUBSCRIBED')
    assert.deepEqual(await events(), [])
  })

  test('what cannot be watched is refused entry by entry', async (context) => {
    const { assert } = context
    const { zoho, receiver } = await open(context.cleanup)
    const { url } = receiver
    const cases: [Record<string, unknown>, string][] = [
      [channel(url, { channel_id: undefined }), '$.watch[0].channel_id'],
      [channel(url, { channel_id: 'x' }), '$.watch[0].channel_id'],
      [channel(url, { events: ['Deals.touch'] }), '$.watch[0].events[0]'],
      [channel(url, { events: ['Nothing.all'] }), '$.watch[0].events[0]'],
      [channel(url, { token: 'x'.repeat(51) }), '$.watch[0].token'],
      [channel(`${url}/${'x'.repeat(255)}`), '$.watch[0].notify_url'],
      [channel(url, { channel_expiry: 'soon' }), '$.watch[0].channel_expiry'],
    ]
    for (const [entry, path] of cases) {
      const { status, body } = await watch(zoho, entry)
      assert.equal(status, 400)
      assert.equal(body.watch[0].details.json_path, path)
    }
    const mixed = await watch(zoho, channel(url), channel(url, { events: [] }))
    assert.equal(mixed.status, 207)
  })

  test('a condition lets only edits of its fields through, values are told', async (context) => {
    const { assert } = context
    const selection = {
      group_operator: 'or',
      group: [{ field: { api_name: 'Amount' } }, { field: { api_name: 'Ordered_At' } }],
    }
    const module = { api_name: 'Deals' }
    const { zoho, receiver } = await open(context.cleanup, {
      events: ['Deals.edit'],
      return_affected_field_values: true,
      notification_condition: [{ type: 'field_selection', module, field_selection: selection }],
    })
    const { rows } = await zoho.deals([deal(1)])
    const { id } = rows[0].details
    await edit(zoho, 'edit', { id, Deal_Name: 'Renamed' })
    await edit(zoho, 'edit', { id, Ordered_At: '2026-01-01T10:00:00+00:00' })
    const [posted] = await receiver.wait(1)
    assert.deepEqual(posted.affected_values, [
      { record_id: id, values: { Ordered_At: '2026-01-01T15:30:00+05:30' } },
    ])
    const { body } = await zoho.get('/__simulator/notifications')
    assert.equal(Number(body.suppressed.condition), 1)
  })

  test('deliveries are dropped, doubled and disordered on command', async (context) => {
    const { assert } = context
    const { zoho, receiver } = await open(context.cleanup)
    zoho.sim.faults([
      { match: { nth: 1 }, kind: 'notify_drop' },
      { match: { nth: 2 }, kind: 'notify_duplicate' },
      { match: { nth: 3 }, kind: 'notify_disorder', ms: 60_000 },
      { match: { nth: 5 }, kind: 'notify_disorder', ms: 60_000 },
    ])
    const names: string[] = []
    for (const number of range(5)) {
      const { rows } = await zoho.deals([deal(number)])
      names.push(String(rows[0].details.id))
    }
    const first = await receiver.wait(4)
    const told = first.map(({ ids }) => names.indexOf(String(ids)) + 1)
    assert.deepEqual(told, [2, 2, 4, 3])
    zoho.sim.advance(61)
    const all = await receiver.wait(5)
    assert.equal(String(all[4].ids), names[4])
    const { body } = await zoho.get('/__simulator/notifications')
    assert.deepEqual(body.injected, { duplicated: 1, disordered: 2 })
    assert.equal(Number(body.suppressed.dropped), 1)
  })

  test('what a receiver does not take is lost', async (context) => {
    const { assert } = context
    const { zoho, receiver } = await open(context.cleanup)
    receiver.status = 500
    await zoho.deals([deal(1)])
    await receiver.wait(1)
    await receiver.close()
    await zoho.deals([deal(2)])
    for (;;) {
      const { body } = await zoho.get('/__simulator/notifications')
      if (Number(body.failed) < 2) continue
      assert.equal(Number(body.sent), 0)
      assert.equal(Number(body.waiting), 0)
      break
    }
  })

  test('a receiver that hangs loses what waits too long, and what is too much', async (context) => {
    const { assert } = context
    const options = { postTimeoutMs: 1_500, notifyQueue: 1 }
    const zoho = await openSimulator(context.cleanup, options)
    const receiver = await Receiver.open(context.cleanup)
    receiver.isSilent = true
    await watch(zoho, channel(receiver.url))
    await zoho.deals([deal(1)])
    await receiver.wait(1)
    await zoho.deals([deal(2)])
    await zoho.deals([deal(3)])
    receiver.isSilent = false
    const [, second] = await receiver.wait(2)
    const ids = zoho.sim.ledger().map(({ id }) => id)
    assert.deepEqual(second.ids, [ids[1]])
    while (zoho.sim.notifications().waiting > 0) await nextTurn()
    const { sent, failed, suppressed } = zoho.sim.notifications()
    assert.deepEqual([sent, failed, suppressed.overflow], [1, 1, 1])
  })
})
