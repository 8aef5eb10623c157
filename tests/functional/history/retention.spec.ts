import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import DeadLetter from '#domain/runs/dead_letter'
import { retain } from '#domain/runs/retain'
import Retention from '#domain/runs/retention'
import { RetentionKeeper } from '#domain/runs/retention_keeper'
import Run from '#domain/runs/run'
import RunBatch from '#domain/runs/run_batch'
import type Service from '#domain/services/service'
import type Tenant from '#domain/tenants/tenant'
import { givenDeadLetter, givenRun, givenService, givenTenant, givenUser } from '#tests/support/app'
import { Visitor } from '#tests/support/visitor'

const now = DateTime.utc()

function ended(service: Service, days: number, values: Partial<Run> = {}): Promise<Run> {
  const at = now.minus({ days })
  return givenRun(service, { queuedAt: at, startedAt: at, finishedAt: at, ...values })
}

function givenBatch(run: Run, state: 'open' | 'done'): Promise<RunBatch> {
  const sums = { records: 1, calls: 1, credits: 1, took: 1 }
  return RunBatch.create({
    runId: run.id,
    route: 'upsert',
    state,
    ticket: null,
    ...sums,
    createdAt: now,
  })
}

function keep(tenant: Tenant, values: Partial<Retention>): Promise<Retention> {
  return Retention.create({ tenantId: tenant.id, runDays: 30, letterDays: 60, ...values })
}

async function retainAll(tenant: Tenant): Promise<void> {
  while (await retain(tenant.id, now.toMillis())) continue
}

const idsOf = async (tenant: Tenant) => {
  const rows = await db.from('runs').where('tenant_id', tenant.id).select('id')
  return rows.map(({ id }) => id)
}

test.group('Retention by age', () => {
  test('prunes what is over and old, and nothing that is open', async ({ assert }) => {
    const tenant = await givenTenant()
    const service = await givenService(tenant)
    const lonely = await givenService(tenant)
    await keep(tenant, {})
    const old = await ended(service, 40)
    const batch = await givenBatch(old, 'done')
    const waiting = await ended(service, 400, { state: 'queued', finishedAt: null })
    const failed = await ended(service, 400, { state: 'partial' })
    const open = await givenDeadLetter(failed, { createdAt: now.minus({ days: 400 }) })
    const job = await ended(service, 400, { state: 'cancelled' })
    await givenBatch(job, 'open')
    const latest = await ended(lonely, 400)
    const recent = await ended(service, 20)
    const letters = await ended(service, 10)
    const resolved = (days: number) =>
      givenDeadLetter(letters, { openKey: null, resolvedAt: now.minus({ days }) })
    const [gone, kept] = [await resolved(70), await resolved(50)]
    const foreign = await ended(await givenService(await givenTenant()), 40)
    await retainAll(tenant)

    assert.sameMembers(
      await idsOf(tenant),
      [waiting, failed, job, latest, recent, letters].map(({ id }) => id)
    )
    assert.isNull(await RunBatch.find(batch.id))
    const left = await DeadLetter.query().where('tenantId', tenant.id)
    assert.sameMembers(
      left.map(({ id }) => id),
      [open.id, kept.id]
    )
    assert.isNull(await DeadLetter.find(gone.id))
    assert.isNotNull(await Run.find(foreign.id))
  })

  test('keeps a good run shorter than one whose failed records are kept', async ({ assert }) => {
    const tenant = await givenTenant()
    const service = await givenService(tenant)
    await keep(tenant, {})
    const partial = await ended(service, 45, { state: 'partial' })
    await givenDeadLetter(partial, { openKey: null, resolvedAt: now.minus({ days: 45 }) })
    await ended(service, 45)
    const latest = await ended(service, 1)
    await retainAll(tenant)
    assert.sameMembers(await idsOf(tenant), [partial.id, latest.id])
  })

  test('goes in portions', async ({ assert }) => {
    const tenant = await givenTenant()
    const service = await givenService(tenant)
    await keep(tenant, {})
    for (let day = 50; day < 55; day += 1) await ended(service, day)
    const latest = await ended(service, 1)
    assert.isTrue(await retain(tenant.id, now.toMillis(), 2))
    assert.lengthOf(await idsOf(tenant), 4)
    assert.isTrue(await retain(tenant.id, now.toMillis(), 2))
    assert.isFalse(await retain(tenant.id, now.toMillis(), 2))
    assert.deepEqual(await idsOf(tenant), [latest.id])
  })
})

test.group('Retention by size', () => {
  test('prunes good runs first, resolved records last, and open ones never', async ({ assert }) => {
    const tenant = await givenTenant()
    const service = await givenService(tenant)
    const failed = await ended(service, 9, { state: 'failed', cursor: 'x'.repeat(100_000) })
    const good = await ended(service, 5, { cursor: 'x'.repeat(100_000) })
    const latest = await ended(service, 1)
    const big = { sealedPayload: 'x'.repeat(100_000), openKey: null, resolvedAt: now }
    const resolved = await givenDeadLetter(latest, big)
    const open = await givenDeadLetter(latest, { sealedPayload: 'x'.repeat(100_000) })
    const retention = await keep(tenant, { runDays: 90, letterDays: 90, mostBytes: 350_000 })
    await retainAll(tenant)
    assert.sameMembers(await idsOf(tenant), [failed.id, latest.id])

    const shrinkTo = async (mostBytes: number) => {
      await retention.merge({ mostBytes, measuredAt: null }).save()
      await retainAll(tenant)
    }
    await shrinkTo(250_000)
    assert.deepEqual(await idsOf(tenant), [latest.id])
    assert.isNotNull(await DeadLetter.find(resolved.id))
    await shrinkTo(150_000)
    assert.isNull(await DeadLetter.find(resolved.id))
    await shrinkTo(1)
    assert.isNotNull(await DeadLetter.find(open.id))
    assert.isNull(await Run.find(good.id))
    await retention.refresh()
    assert.closeTo(retention.bytes ?? 0, 101_100, 1000)
  })
})

test.group('The retention keeper', () => {
  test('takes one tenant after the other', async ({ assert }) => {
    const tenants = [await givenTenant(), await givenTenant()]
    for (const tenant of tenants) {
      const service = await givenService(tenant)
      await keep(tenant, {})
      await ended(service, 50)
      await ended(service, 1)
    }
    const all = await db.from('tenants').count('* as figure').first()
    const keeper = new RetentionKeeper()
    for (let turn = 0; turn <= Number(all?.figure); turn += 1) await keeper.turn(now.toMillis())
    for (const tenant of tenants) assert.lengthOf(await idsOf(tenant), 1)
  })

  test('gives the pages of what was pruned back', async ({ assert }) => {
    await db.rawQuery('create table ballast (id integer primary key, text longtext)')
    const text = 'x'.repeat(1_000_000)
    for (let id = 0; id < 8; id += 1) await db.table('ballast').insert({ id, text })
    const pages = async () => {
      const [{ page_count: count }] = await db.rawQuery('pragma page_count')
      return Number(count)
    }
    const full = await pages()
    await db.rawQuery('drop table ballast')
    assert.equal(await pages(), full, 'deleting alone gives nothing back')
    const all = await db.from('tenants').count('* as figure').first()
    const keeper = new RetentionKeeper()
    for (
      let left = Number(all?.figure) + 50;
      left > 0 && (await pages()) > full - 1000;
      left -= 1
    ) {
      await keeper.turn(now.toMillis())
    }
    assert.isAtMost(await pages(), full - 1000)
  }).skip(process.env.DB_CONNECTION === 'mysql', 'MariaDB keeps its own files')
})

test.group('The page of the retention', () => {
  test('is for all to read and for admins to change', async ({ assert }) => {
    const tenant = await givenTenant()
    const path = `/t/${tenant.slug}/retention`
    const wish = { runDays: 10, letterDays: 20, megabytes: 5 }
    const viewer = await Visitor.signedInAs(await givenUser({ tenant, role: 'builder' }))
    assert.equal(await viewer.statusOf(path), 200)
    const refused = await viewer.put(path, wish)
    assert.equal(refused.status, 403)

    const admin = await Visitor.signedInAs(await givenUser({ tenant, role: 'admin' }))
    await admin.put(path, { ...wish, letterDays: 9 })
    assert.isNull(await Retention.find(tenant.id))
    await admin.put(path, wish)
    const { runDays, letterDays, mostBytes } = await Retention.of(tenant)
    assert.deepEqual([runDays, letterDays, mostBytes], [10, 20, 5_000_000])
    const [event] = await db.from('audit_events').where('subject', tenant.id)
    assert.equal(event.action, 'retention.changed')
    const stranger = await Visitor.signedInAs(await givenUser({ tenant: await givenTenant() }))
    assert.equal(await stranger.statusOf(path), 404)
  })
})
