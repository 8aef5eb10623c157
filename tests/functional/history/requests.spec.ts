import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import AuditEvent from '#domain/audit/audit_event'
import { retain } from '#domain/runs/retain'
import Retention from '#domain/runs/retention'
import RunRequest from '#domain/runs/run_request'
import { startRun } from '#domain/runs/start_run'
import { applyService } from '#domain/services/apply_service'
import type { BodyView } from '#http/requests/body_view'
import type { RequestsView } from '#http/requests/requests_view'
import { givenTenant, givenUser } from '#tests/support/app'
import { givenRequest } from '#tests/support/given_request'
import { givenShopToZoho, orderDefinition } from '#tests/support/shop_to_zoho'
import { Visitor } from '#tests/support/visitor'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

const RECORDS = 600

/** A run of six batches, the second of which is refused once. */
async function givenRunWithTrouble() {
  const house = await givenShopToZoho({ records: RECORDS })
  const definition = orderDefinition({ records: RECORDS })
  const mapping = definition.mapping.map((row) =>
    row.to === 'Deal_Name' ? { ...row, private: true } : row
  )
  const run = await withTestRunners(async (dispatcher) => {
    const { tenant } = house
    const { service } = await applyService(tenant, { ...definition, mapping }, { userId: null })
    const upsert = { method: 'POST', path: '/Deals/upsert', nth: 2 }
    house.simulator.faults([{ match: upsert, kind: 'status', status: 500 }])
    return untilOver(await startRun(service, { trigger: 'manual', requestedBy: null }), dispatcher)
  })
  return { ...house, run }
}

test.group('The requests of a run', (group) => {
  let house: Awaited<ReturnType<typeof givenRunWithTrouble>>
  group.setup(async () => {
    house = await givenRunWithTrouble()
    return () => house.close()
  })

  test('are counted as the vendor counts them, and told by whom, for what and how they went', async ({
    assert,
  }) => {
    const { run, simulator } = house
    await run.refresh()
    const requests = await RunRequest.query().where('runId', run.id).orderBy('startedAt')
    const upserts = requests.filter(({ path }) => path.endsWith('/Deals/upsert'))
    assert.deepEqual([upserts.length, run.requests, run.requestsFailed], [7, requests.length, 1])
    assert.isTrue(upserts.every(({ stage, route }) => stage === 'send' && route === 'upsert'))
    assert.deepEqual([...new Set(upserts.map(({ batch }) => batch))].sort(), [1, 2, 3, 4, 5, 6])
    const failed = requests.filter(({ isFailed }) => isFailed)
    assert.deepEqual(
      failed.map(({ status, host }) => [status, host]),
      [[500, new URL(simulator.url).host]]
    )
    assert.isTrue(
      failed.every(({ bytesSent, bytesReceived }) => bytesSent > 0 && bytesReceived >= 0)
    )
  })

  test('show what was said to those who may see it, without token and private fields, and who looked is written down', async ({
    assert,
  }) => {
    const { run, tenant } = house
    const failed = await RunRequest.query()
      .where('runId', run.id)
      .where('isFailed', true)
      .firstOrFail()
    assert.notInclude(failed.sealedBody ?? '', 'Order_Ref')
    const address = `/t/${tenant.slug}/requests/${failed.id}`

    const operator = await Visitor.signedInAs(await givenUser({ tenant }))
    const shown = await operator.pageAt(address)
    const body = shown?.props.body as BodyView
    assert.match(body.sent.text ?? '', /"Order_Ref":\s*"SO-\d+"/)
    assert.match(body.sent.text ?? '', /"Deal_Name": "\(hidden\)"/)
    assert.notMatch(body.sent.text ?? '', /Customer \d|oauthtoken/)

    const viewer = await Visitor.signedInAs(await givenUser({ tenant, role: 'viewer' }))
    const seen = await viewer.pageAt(address)
    assert.deepEqual([seen?.component, seen?.props.body], ['requests/show', null])
    const other = await givenTenant()
    const stranger = await Visitor.signedInAs(await givenUser({ tenant: other }))
    assert.equal(await stranger.statusOf(address), 404)

    const looks = await AuditEvent.query()
      .where('action', 'request.seen')
      .where('subject', failed.id)
    assert.lengthOf(looks, 1)
  })

  test('are listed by status on the page of the run', async ({ assert }) => {
    const { run, tenant } = house
    const visitor = await Visitor.signedInAs(await givenUser({ tenant, role: 'viewer' }))
    const at = async (query: string) => {
      const page = await visitor.pageAt(`/t/${tenant.slug}/runs/${run.id}${query}`)
      return page?.props.requests as RequestsView
    }
    const all = await at('')
    assert.equal(all.kept, all.total)
    assert.equal(
      all.statuses.reduce((sum, { count }) => sum + count, 0),
      all.rows.total
    )
    for (const query of ['?status=500', '?status=failed']) {
      const { rows, filter } = await at(query)
      assert.deepEqual([rows.total, rows.rows[0]?.status], [1, 500], String(filter))
    }
    const [unanswered, nonsense] = [await at('?status=none'), await at('?status=nonsense')]
    assert.deepEqual([unanswered.rows.total, nonsense.rows.total], [0, all.total])
  })
})

test.group('Retention of requests', () => {
  test('drops what is old, and by size those that went well before those that failed', async ({
    assert,
  }) => {
    const old = DateTime.utc().minus({ days: 40 })
    const { run, tenant } = await givenRequest({ startedAt: old })
    const kept = async () => {
      const requests = await RunRequest.query().where('runId', run.id)
      return requests.map(({ id }) => id)
    }
    await Retention.create({ tenantId: tenant.id, runDays: 30, letterDays: 60, mostBytes: null })
    await retain(tenant.id, Date.now())
    assert.isEmpty(await kept())

    const big = 'x'.repeat(20_000)
    await givenRequest({ sealedBody: big }, run)
    const { request: bad } = await givenRequest({ sealedBody: big, isFailed: true }, run)
    await Retention.query().where('tenantId', tenant.id).update({ mostBytes: 25_000 })
    while (await retain(tenant.id, Date.now())) continue
    assert.deepEqual(await kept(), [bad.id])
    assert.lengthOf(await db.from('runs').where('id', run.id), 1)
  })
})
