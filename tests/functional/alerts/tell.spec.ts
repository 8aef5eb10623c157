import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import crossdock from '#config/crossdock'
import Alert from '#domain/alerts/alert'
import type { AlertKind } from '#domain/alerts/alert'
import AlertReceiver from '#domain/alerts/alert_receiver'
import { tellAlerts } from '#domain/alerts/tell_alerts'
import { watchRest } from '#domain/alerts/watch_rest'
import { watchRuns } from '#domain/alerts/watch_runs'
import Connection from '#domain/connections/connection'
import type Run from '#domain/runs/run'
import type Tenant from '#domain/tenants/tenant'
import { givenDeadLetter, givenRun, givenService, givenTenant, givenUser } from '#tests/support/app'
import { MailBox } from '#tests/support/mail_box'

const MINUTE = 60_000
let now = Date.now()

/** Everything of this suite happens later than what came before it. */
async function look(): Promise<void> {
  now += 2 * MINUTE
  await watchRuns(now)
  await watchRest(now)
  await tellAlerts(now + MINUTE)
}

function ended(values: Partial<Run>): Partial<Run> {
  now += 10
  return { ...values, finishedAt: DateTime.fromMillis(now) }
}

const reason = 'the token server refused the client'
const failure = () => ended({ state: 'failed', errorKind: 'auth', errorMessage: reason })
const openOf = (tenant: Tenant) =>
  Alert.query().where('tenantId', tenant.id).whereNotNull('openKey').orderBy('firstAt')

async function givenReceiver(tenant: Tenant, address: string, wants: AlertKind[] = ['failed']) {
  const { id } = await givenUser({ tenant })
  const kind = address.startsWith('http') ? ('webhook' as const) : ('mail' as const)
  return AlertReceiver.add(tenant, { kind, address, wants }, id)
}

test.group('Alerts', (group) => {
  let box: MailBox
  group.setup(async () => {
    await look()
    box = await MailBox.open(Number(process.env.SMTP_PORT))
    return () => box.close()
  })
  group.each.setup(() => {
    box.letters.length = 0
    box.reply = '250 taken'
  })

  test('forty failures with one reason are one message', async ({ assert }) => {
    const tenant = await givenTenant('North Wind')
    await givenReceiver(tenant, 'ops@example.com')
    for (let times = 0; times < 40; times += 1) {
      await givenRun(await givenService(tenant), failure())
    }
    await look()
    const [alert, ...others] = await openOf(tenant)
    assert.lengthOf(others, 0)
    assert.deepEqual([alert.count, alert.subjects.length, alert.toldCount], [40, 40, 40])
    assert.lengthOf(box.letters, 1)
    assert.match(box.letters[0], /To: ops@example\.com/)
    assert.match(box.letters[0], /Subject: \[North Wind\] Runs fail: the token server refused/)
    await look()
    assert.lengthOf(box.letters, 1, 'it is not told twice')
  })

  test('are over when every service they are about is well', async ({ assert }) => {
    const tenant = await givenTenant()
    const [first, second] = [await givenService(tenant), await givenService(tenant)]
    await givenRun(first, failure())
    await givenRun(second, failure())
    await givenRun(first, ended({ state: 'succeeded' }))
    await look()
    const [left] = await openOf(tenant)
    assert.deepEqual(
      left.subjects.map(({ name }) => name),
      [second.name]
    )
    await givenRun(second, ended({ state: 'succeeded' }))
    await look()
    assert.lengthOf(await openOf(tenant), 0)
  })

  test('of records that do not arrive last until these have, whatever ran since', async ({
    assert,
  }) => {
    const tenant = await givenTenant()
    const service = await givenService(tenant)
    await givenRun(service, failure())
    const partial = await givenRun(service, ended({ state: 'partial', rejected: 1 }))
    const letter = await givenDeadLetter(partial, { code: 'TOO_LONG', field: 'Name' })
    await givenRun(service, ended({ state: 'succeeded' }))
    await look()
    const kinds = async () => {
      const open = await openOf(tenant)
      return open.map(({ kind }) => kind)
    }
    assert.deepEqual(await kinds(), ['partial'], 'a run that finds nothing new mends nothing')
    await letter.merge({ openKey: null, resolvedAt: DateTime.fromMillis(now) }).save()
    await givenRun(service, ended({ state: 'succeeded', trigger: 'replay' }))
    await look()
    assert.deepEqual(await kinds(), [])
    await givenRun(service, failure())
    await look()
    const again = await givenRun(service, ended({ state: 'partial', rejected: 1 }))
    await givenDeadLetter(again, { code: 'TOO_LONG', field: 'Name' })
    await look()
    assert.deepEqual(await kinds(), ['partial'], 'it does not fail any more')
  })

  test('runs that wait for a yes are one, until each was answered', async ({ assert }) => {
    const tenant = await givenTenant()
    await givenReceiver(tenant, 'ops@example.com', ['held'])
    const waitReason = '120 records would change, and the limit is 100'
    const held = { state: 'held' as const, finishedAt: null, waitReason }
    const [first, second] = [await givenService(tenant), await givenService(tenant)]
    const run = await givenRun(first, held)
    const other = await givenRun(second, held)
    await look()
    const [alert, ...others] = await openOf(tenant)
    assert.deepEqual([others.length, alert.kind, alert.subjects.length], [0, 'held', 2])
    assert.include(alert.detail, waitReason)
    assert.lengthOf(box.letters, 1)
    assert.match(box.letters[0], /Runs wait for a yes/)

    await run.merge({ state: 'queued' }).save()
    await look()
    const [left] = await openOf(tenant)
    assert.deepEqual(
      left.subjects.map(({ name }) => name),
      [second.name]
    )
    await other.merge({ state: 'cancelled' }).save()
    await look()
    assert.lengthOf(await openOf(tenant), 0)
  })

  test('that could not be sent say so, and are sent later', async ({ assert }) => {
    const tenant = await givenTenant()
    const receiver = await givenReceiver(tenant, 'ops@example.com')
    await givenRun(await givenService(tenant), failure())
    box.reply = '452 the mailbox is full'
    await look()
    await receiver.refresh()
    assert.match(String(receiver.lastError), /mailbox is full/)
    box.reply = '250 taken'
    await look()
    await receiver.refresh()
    assert.lengthOf(box.letters, 1)
    assert.isNull(receiver.lastError)
  })

  test('go to a webhook as JSON, only the kinds it wants', async ({ assert, cleanup }) => {
    const taken: string[] = []
    const server = createServer((request, reply) => {
      request.setEncoding('utf8').on('data', (text: string) => taken.push(text))
      request.on('end', () => reply.writeHead(204).end())
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const allowed = crossdock.egressAllow
    cleanup(() => {
      server.close()
      crossdock.egressAllow = allowed
    })
    const tenant = await givenTenant()
    const address = `http://127.0.0.1:${port}/hook/secret-part`
    const receiver = await givenReceiver(tenant, address, ['connection'])
    await givenRun(await givenService(tenant), failure())
    const connection = await Connection.query().where('tenantId', tenant.id).firstOrFail()
    await connection.merge({ health: 'broken', healthMessage: 'signed out' }).save()
    await look()
    await receiver.refresh()
    assert.match(String(receiver.lastError), /EGRESS_ALLOW|private|not allowed|loopback/i)
    assert.lengthOf(taken, 0, 'a private address is not reached unless the operator lists it')

    crossdock.egressAllow = [...allowed, `127.0.0.1:${port}`]
    await look()
    assert.lengthOf(taken, 1)
    const { alerts } = JSON.parse(taken[0]) as { alerts: Array<{ kind: string; detail: string }> }
    assert.deepEqual(
      alerts.map(({ kind, detail }) => [kind, detail]),
      [['connection', 'signed out']]
    )
    assert.notInclude(JSON.stringify([receiver.shown, receiver.lastError]), 'secret-part')
    await connection.merge({ health: 'ok' }).save()
    await look()
    const [left, ...others] = await openOf(tenant)
    assert.deepEqual([left.kind, others.length], ['failed', 0])
  })

  test('of what lasts are one event, however often it is looked at', async ({ assert }) => {
    const tenant = await givenTenant()
    const service = await givenService(tenant, { state: 'paused', stateReason: 'holidays' })
    await look()
    await look()
    const [alert, ...others] = await openOf(tenant)
    assert.lengthOf(others, 0)
    assert.deepEqual([alert.kind, alert.detail, alert.count], ['paused', 'holidays', 1])
    await service.merge({ state: 'enabled' }).save()
    await look()
    assert.lengthOf(await openOf(tenant), 0)
  })

  test('of silence come when nothing arrived for longer than usual', async ({ assert }) => {
    const tenant = await givenTenant()
    const service = await givenService(tenant)
    const hour = 60 * MINUTE
    const other = await givenService(tenant)
    for (let back = 40; back <= 50; back += 1) {
      const at = DateTime.fromMillis(now - back * hour)
      const arrived = { state: 'succeeded' as const, created: 3, finishedAt: at }
      await givenRun(service, { ...arrived, trigger: 'schedule' })
      await givenRun(other, { ...arrived, trigger: 'manual' })
    }
    await look()
    const [alert, ...others] = await openOf(tenant)
    assert.equal(alert.kind, 'silent')
    assert.match(alert.detail, /the last record arrived/)
    assert.lengthOf(others, 0, 'what a person starts is silent when nobody does')
    await givenRun(service, ended({ state: 'succeeded', trigger: 'schedule' }))
    await look()
    const [same] = await openOf(tenant)
    assert.equal(same.id, alert.id, 'a run that brings nothing is no news')

    const revision = await service.currentRevision()
    const { schedule, ...definition } = revision.definition
    await revision.merge({ definition }).save()
    await look()
    assert.lengthOf(await openOf(tenant), 0, 'nothing starts it any more')
  })
})
