import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import AuditEvent from '#domain/audit/audit_event'
import { approvePreview } from '#domain/runs/approve_preview'
import Run from '#domain/runs/run'
import { applyService } from '#domain/services/apply_service'
import { makePreview } from '#domain/services/make_preview'
import Preview from '#domain/services/preview'
import { findPreviewRecords } from '#domain/services/preview_records'
import { sweepPreviews } from '#domain/runs/sweep_previews'
import { Vault } from '#domain/tenants/vault'
import { givenUser } from '#tests/support/app'
import { givenShopToZoho, orderDefinition } from '#tests/support/shop_to_zoho'
import type { ShopToZoho } from '#tests/support/shop_to_zoho'
import { Visitor } from '#tests/support/visitor'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

let seed = 9200
const givenHouse = (records: number) =>
  givenShopToZoho({ records, simulator: { seed: (seed += 1) } })

const preview = ({ service }: ShopToZoho) => withTestRunners(() => makePreview(service, null))

async function carryOut(run: Run): Promise<Run> {
  await withTestRunners((dispatcher) => untilOver(run, dispatcher))
  return run
}

const ALL = { outcome: null, matched: null, key: null }
const recordsOf = ({ tenant }: ShopToZoho, kept: Preview) =>
  findPreviewRecords(kept, new Vault(tenant), ALL, { from: 0, count: 100 })

test.group('A preview', () => {
  test('compares, is approved once, and writes exactly what was seen', async ({ assert }) => {
    const house = await givenHouse(10)
    const { tenant, service, shop, simulator } = house
    const first = await preview(house)
    assert.equal(first.counts.create, 10)
    assert.equal(simulator.stats().modules.Deals?.records ?? 0, 0)
    const user = await givenUser({ tenant })
    const visitor = await Visitor.signedInAs(user)
    const address = `/t/${tenant.slug}/previews/${first.id}/approval`
    const [one, two] = await Promise.all([visitor.post(address), visitor.post(address)])
    assert.equal(one.location, two.location)
    const run = await Run.query().where('serviceId', service.id).firstOrFail()
    assert.lengthOf(await Run.query().where('serviceId', service.id), 1)
    await carryOut(run)
    assert.equal(run.state, 'succeeded', run.errorMessage ?? '')
    assert.equal(run.created, 10)

    shop.exec("update orders set total = '1.00' where id in (1, 2, 3)")
    shop.exec("update orders set total = 'much' where id = 4")
    const second = await preview(house)
    const { create, update, unchanged, rejected } = second.counts
    assert.deepEqual([create, update, unchanged, rejected], [0, 3, 6, 1])
    const [changed] = await recordsOf(house, second)
    assert.deepEqual(
      changed?.changes?.map(({ field, after }) => [field, after]),
      [['Amount', 1]]
    )
    assert.equal(Number(changed?.changes?.[0]?.before), 1.25)

    const approved = await carryOut(await approvePreview(second, user.id))
    assert.equal(approved.updated, 3)
    assert.equal(approved.plannedAgain, 0)
    const said = await AuditEvent.query().where('subject', second.id).orderBy('number')
    assert.deepEqual(
      said.map(({ action }) => action),
      ['preview.made', 'preview.approved']
    )
    await house.close()
  }).timeout(60_000)

  test('is not applied when the service has changed, or its day is over', async ({ assert }) => {
    const house = await givenHouse(3)
    const { tenant, service } = house
    const kept = await preview(house)
    const user = await givenUser({ tenant })
    const definition = orderDefinition({ records: 0 })
    definition.mapping[0] = { ...definition.mapping[0]!, to: 'Order_Ref', clean: ['trim'] }
    await withTestRunners(() => applyService(tenant, definition, { userId: null }))
    await assert.rejects(() => approvePreview(kept, user.id), /has changed since this preview/)

    const later = DateTime.utc().plus({ hours: 25 })
    await sweepPreviews(later.toMillis())
    assert.isNull(await Preview.find(kept.id))
    const [left] = await db.from('preview_records').where('preview_id', kept.id).count('* as count')
    assert.equal(Number(left.count), 0)
    assert.lengthOf(await Run.query().where('serviceId', service.id), 0)
    await house.close()
  })

  test('is filtered, searched, paged and downloaded, by those who may', async ({ assert }) => {
    const house = await givenHouse(60)
    const { tenant, shop } = house
    shop.exec("update orders set total = '=1+1' where id = 7")
    const kept = await preview(house)
    const address = `/t/${tenant.slug}/previews/${kept.id}`
    const visitor = await Visitor.signedInAs(await givenUser({ tenant }))
    const rowsAt = async (query: string) => {
      const page = await visitor.pageAt(`${address}?${query}`)
      const { rows, total } = page?.props.records as { rows: Array<{ key: string }>; total: number }
      return { keys: rows.map(({ key }) => key), total }
    }
    const rejected = await rowsAt('outcome=rejected')
    assert.deepEqual(rejected, { keys: ['7'], total: 1 })
    const third = await rowsAt('page=3')
    assert.lengthOf(third.keys, 10)
    const found = await rowsAt('key=5&outcome=create')
    assert.deepEqual(found.keys.slice(0, 3), ['5', '15', '25'])
    const nothing = await rowsAt('key=%25')
    assert.equal(nothing.total, 0)

    const { body } = await visitor.get(`${address}/file?outcome=rejected`)
    const [, line] = body.split('\r\n')
    assert.equal(line, `7,rejected,Amount,,"'=1+1",Amount: '=1+1' is not a decimal number`)
    const viewer = await Visitor.signedInAs(await givenUser({ tenant, role: 'viewer' }))
    for (const path of [address, `${address}/file`]) {
      const { status } = await viewer.get(path)
      assert.equal(status, 403)
    }
    const refusal = await viewer.post(`${address}/approval`)
    assert.equal(refusal.status, 403)
    const [row] = await db.from('preview_records').where('preview_id', kept.id).limit(1)
    assert.notMatch(JSON.stringify(row), /Customer/)
    await house.close()
  })
})
