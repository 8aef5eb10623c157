import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import AuditEvent from '#domain/audit/audit_event'
import Run from '#domain/runs/run'
import Schedule from '#domain/services/schedule'
import type Tenant from '#domain/tenants/tenant'
import type { Pages } from '#http/pages'
import { givenConnection, givenRun, givenService, givenTenant, givenUser } from '#tests/support/app'
import { unique } from '#tests/support/app'
import { givenSpent } from '#tests/support/credits'
import { Visitor } from '#tests/support/visitor'

const limits = { concurrency: 5, dailyCredits: 5000 }

/** A tenant with a service that spends on an account of 5,000 credits. */
async function givenAccount(tenant: Tenant, identity = unique('org')) {
  const zoho = await givenConnection(tenant, {
    ...{ name: unique('zoho'), connector: 'zoho_crm', settings: {}, identity, limits },
  })
  const service = await givenService(tenant, { targetConnectionId: zoho.id })
  return { zoho, service, identity }
}

async function creditsOf(visitor: Visitor, tenant: Tenant): Promise<Pages['credits/show']> {
  const page = await visitor.pageAt(`/t/${tenant.slug}/credits`)
  if (page?.component !== 'credits/show') throw new Error(`This is ${page?.component}`)
  return page.props as Pages['credits/show']
}

test.group('credits', () => {
  test('show what is left, who spent it, and nothing of another tenant', async ({ assert }) => {
    const [tenant, other] = [await givenTenant(), await givenTenant()]
    const { zoho, service, identity } = await givenAccount(tenant)
    const twin = await givenAccount(other, identity)
    const run = await givenRun(service)
    await givenSpent(zoho, 700, 30, run.id)
    await givenSpent(zoho, 20, 90)
    await givenSpent(zoho, 900, 60 * 24 * 3, run.id)
    await givenSpent(twin.zoho, 1000, 10)

    const visitor = await Visitor.signedInAs(await givenUser({ tenant }))
    const { accounts, spending } = await creditsOf(visitor, tenant)
    const [account] = accounts
    assert.lengthOf(accounts, 1)
    assert.deepInclude(account, { perDay: 5000, left: 3280, spent: 1720, reserve: 500 })
    assert.deepEqual(
      spending.services.map(({ name, day, month }) => ({ name, day, month })),
      [
        { name: service.name, day: 700, month: 1600 },
        { name: 'Tests, previews and lookups', day: 20, month: 20 },
      ]
    )
    assert.deepEqual(
      spending.connections.map(({ name, day, month }) => ({ name, day, month })),
      [{ name: zoho.name, day: 720, month: 1620 }]
    )
    assert.equal(
      spending.hours.reduce((sum, { credits }) => sum + credits, 0),
      720
    )
    assert.equal(
      spending.days.reduce((sum, { credits }) => sum + credits, 0),
      1620
    )
  })

  test('say when they run out, by the schedules and what runs cost before', async ({ assert }) => {
    const tenant = await givenTenant()
    const { zoho, service } = await givenAccount(tenant)
    await givenRun(service, { creditsSpent: 400 })
    const startsAt = DateTime.utc().plus({ minutes: 30 })
    await Schedule.create({
      ...{ tenantId: tenant.id, serviceId: service.id, startsAt, nextDueAt: startsAt },
      definition: { every: 60, unit: 'minutes' },
    })
    const visitor = await Visitor.signedInAs(await givenUser({ tenant }))
    const quiet = await creditsOf(visitor, tenant)
    const at = (text: string | null | undefined) =>
      Math.round((Date.parse(text ?? '') - startsAt.toMillis()) / 3_600_000)
    assert.equal(at(quiet.accounts[0]?.reserveAt), 11, 'the twelfth run eats into the reserve')
    assert.equal(at(quiet.accounts[0]?.emptyAt), 12)

    await givenSpent(zoho, 4000, 60 * 23)
    const busy = await creditsOf(visitor, tenant)
    assert.equal(at(busy.accounts[0]?.reserveAt), 11, 'the 4,000 come back before the third run')
  })

  test('have a limit and a reserve of the tenant, and its waiting runs are asked again', async ({
    assert,
  }) => {
    const tenant = await givenTenant()
    const { zoho, service } = await givenAccount(tenant)
    const run = await givenRun(service, {
      ...{ state: 'queued', startedAt: null, finishedAt: null },
      notBefore: DateTime.utc().plus({ hours: 3 }),
      waitReason: 'too few',
    })
    const visitor = await Visitor.signedInAs(await givenUser({ tenant, role: 'builder' }))
    const path = `/t/${tenant.slug}/connections/${zoho.id}/credit-limits`
    await visitor.post(path, { creditsPerDay: 0, reservePercent: 95 })
    await zoho.refresh()
    assert.isNull(zoho.creditsPerDay, 'nonsense is refused')

    await visitor.post(path, { creditsPerDay: 2000, reservePercent: 25 })
    const { accounts } = await creditsOf(visitor, tenant)
    assert.deepInclude(accounts[0], { perDay: 2000, reserve: 500 })
    await run.refresh()
    assert.isNull(run.notBefore)
    const said = await AuditEvent.query()
      .where('subject', zoho.id)
      .orderBy('number', 'desc')
      .first()
    assert.equal(said?.action, 'connection.limits_changed')
  })

  test('let a person start a waiting run, once, and write it down', async ({ assert }) => {
    const tenant = await givenTenant()
    const { service } = await givenAccount(tenant)
    const run = await givenRun(service, {
      ...{ state: 'queued', startedAt: null, finishedAt: null },
      notBefore: DateTime.utc().plus({ hours: 3 }),
      waitReason: '"zoho" has 12 credits left',
    })
    const user = await givenUser({ tenant })
    const visitor = await Visitor.signedInAs(user)
    const shown = await visitor.pageAt(`/t/${tenant.slug}/runs/${run.id}`)
    assert.equal(
      (shown?.props as Pages['runs/show']).run.wait?.reason,
      '"zoho" has 12 credits left'
    )
    await visitor.post(`/t/${tenant.slug}/runs/${run.id}/reserve-use`, {})
    await run.refresh()
    assert.isTrue(run.usesReserve)
    assert.isNull(run.notBefore)
    const said = await AuditEvent.query().where('subject', run.id)
    assert.deepEqual(
      said.map(({ action, userId }) => [action, userId]),
      [['run.reserve_used', user.id]]
    )
    await Run.query().where('id', run.id).update({ state: 'cancelled' })
  })

  test('of all tenants are for staff, the account in most trouble first', async ({ assert }) => {
    const [calm, poor] = [await givenTenant('Calm'), await givenTenant('Poor')]
    await givenAccount(calm)
    const { zoho } = await givenAccount(poor)
    await givenSpent(zoho, 4900, 5)

    const visitor = await Visitor.signedInAs(await givenUser())
    const page = await visitor.pageAt('/credits')
    const { orgs } = page?.props as Pages['credits/index']
    const ours = orgs.filter(({ tenants }) =>
      tenants.some(({ slug }) => [calm.slug, poor.slug].includes(slug))
    )
    assert.deepEqual(
      ours.map(({ trouble, tenants }) => [tenants[0]?.slug, trouble]),
      [
        [poor.slug, 'reserve'],
        [calm.slug, 'none'],
      ]
    )
    const member = await Visitor.signedInAs(await givenUser({ tenant: calm, role: 'admin' }))
    assert.equal(await member.statusOf('/credits'), 404)
    assert.equal(await member.statusOf(`/t/${poor.slug}/credits`), 404)
  })
})
