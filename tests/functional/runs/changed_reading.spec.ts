import { test } from '@japa/runner'
import { finishRun } from '#domain/runs/finish_run'
import { claimRun } from '#domain/runs/lease'
import Run from '#domain/runs/run'
import { queueRun } from '#domain/runs/start_run'
import { applyService } from '#domain/services/apply_service'
import Service from '#domain/services/service'
import { noCounters } from '#engine/counters'
import type { ServiceDefinition } from '#sdk'
import { givenShopToZoho, orderDefinition } from '#tests/support/shop_to_zoho'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

const RECORDS = 30
const incremental = { by: 'modified' as const, column: 'updated_at' }
const EMPTY = {
  counters: noCounters(),
  credits: { planned: 0, spent: 0 },
  batches: [],
  timings: { read: 0, map: 0, match: 0, send: 0, settle: 0 },
  cursor: null,
}

async function given(source: Partial<ServiceDefinition['source']> = {}) {
  const house = await givenShopToZoho({ records: RECORDS, incremental })
  const plain = orderDefinition({ records: RECORDS, incremental })
  const first = { ...plain, source: { ...plain.source, ...source } }
  const apply = (definition: ServiceDefinition) =>
    withTestRunners(() => applyService(house.tenant, definition, { userId: null }))
  const queue = async () =>
    queueRun(await house.service.refresh(), { trigger: 'manual', requestedBy: null })
  const run = async () => {
    const queued = await queue()
    const over = await withTestRunners((dispatcher) => untilOver(queued, dispatcher))
    if (over.state !== 'succeeded') throw new Error(`${over.state}: ${over.errorMessage}`)
    return over
  }
  const created = async () => {
    const { counters } = await run()
    return counters.created
  }
  const place = async () => {
    const { position } = await house.service.refresh()
    return position
  }
  if (source.filter !== undefined) await apply(first)
  return { ...house, first, plain, apply, queue, run, created, place }
}

test.group('A service that is changed', () => {
  test('reads from the beginning what its new filter lets through', async ({ assert, cleanup }) => {
    const { plain, apply, run, created, place, close } = await given({ filter: 'status == "paid"' })
    cleanup(close)
    assert.equal(await created(), 20)
    await apply(plain)
    assert.isNull(await place())
    const wider = await run()
    assert.deepInclude(wider.counters, { created: 10, unchanged: 20 })
    assert.isNotNull(await place())
  }).timeout(180_000)

  test('reads from the beginning by another column, and keeps its place else', async ({
    assert,
    cleanup,
  }) => {
    const { first, apply, run, created, place, close } = await given()
    cleanup(close)
    assert.equal(await created(), RECORDS)
    const before = await place()
    const [ref, ...others] = first.mapping
    await apply({ ...first, mapping: [{ ...ref, clean: ['trim'] }, ...others] })
    assert.deepEqual(await place(), before, 'it reads the same')
    await apply({ ...first, incremental: { by: 'created', column: 'id' } })
    const again = await run()
    assert.equal(again.unchanged, RECORDS)
    assert.equal(await place(), RECORDS)
  }).timeout(180_000)

  test('is not moved on by a run that began before', async ({ assert, cleanup }) => {
    const { first, apply, queue, place, close } = await given()
    cleanup(close)
    const begun = await queue()
    const until = '2026-11-01T08:00:00Z'
    await begun.merge({ bounds: { field: 'updated_at', from: null, until } }).save()
    const lease = await claimRun(begun)
    await apply({ ...first, incremental: { by: 'created', column: 'id' } })
    if (lease === null) throw new Error('The run could not be claimed')
    await finishRun(lease, EMPTY)
    const { state } = await Run.findOrFail(begun.id)
    assert.equal(state, 'succeeded')
    assert.isNull(await place())
  }).timeout(180_000)

  test('keeps its source and its target once it has written', async ({ assert, cleanup }) => {
    const { first, apply, run, close, shop, tenant } = await given()
    cleanup(close)
    shop.exec('create table sales as select * from orders where 0')
    shop.exec('drop table sales')
    shop.exec(
      'create table sales (id integer primary key, number text not null, customer text, total text, status text, updated_at datetime)'
    )
    const elsewhere = { ...first, source: { ...first.source, stream: 'sales' } }
    await apply(elsewhere)
    await apply(first)
    await run()
    const target = {
      ...first.target,
      stream: 'Contacts',
      match: { by: 'fields' as const, fields: ['Email'] },
    }
    const mapping = [
      { to: 'Last_Name', from: 'customer' },
      { to: 'Email', formula: 'source.number + "@example.com"' },
    ]
    for (const moved of [elsewhere, { ...first, target, mapping }]) {
      await assert.rejects(() => apply(moved), /has written records.*another name/s)
    }
    const copy = await apply({ ...elsewhere, name: 'sales-to-deals' })
    assert.isTrue(copy.isNew)
    const kept = await Service.findByOrFail({ tenantId: tenant.id, name: first.name })
    const { definition } = await kept.currentRevision()
    assert.equal(definition.source.stream, 'orders')
  }).timeout(180_000)
})
