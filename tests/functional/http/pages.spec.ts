import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { v7 as uuid } from 'uuid'
import type Connection from '#domain/connections/connection'
import { serviceNumber } from '#domain/runs/service_number'
import type { Pages } from '#http/pages'
import {
  givenConnection,
  givenDeadLetter,
  givenRun,
  givenService,
  givenTenant,
  givenUser,
} from '#tests/support/app'
import { Visitor } from '#tests/support/visitor'

async function propsAt<Name extends keyof Pages>(
  visitor: Visitor,
  name: Name,
  path: string
): Promise<Pages[Name]> {
  const page = await visitor.pageAt(path)
  if (page?.component !== name) throw new Error(`${path} is ${page?.component}, not ${name}`)
  return page.props as Pages[Name]
}

function spend(connection: Connection, credits: number, hoursAgo: number) {
  return db.table('credit_entries').insert({
    id: uuid(),
    tenant_id: connection.tenantId,
    connection_id: connection.id,
    calls: 1,
    credits,
    spent_at: DateTime.utc().minus({ hours: hoursAgo }).toMillis(),
  })
}

test.group('overview', () => {
  test('counts the credits of the last 24 hours, of this tenant alone', async ({ assert }) => {
    const tenant = await givenTenant()
    const zoho = await givenConnection(tenant, { name: 'zoho' })
    await spend(zoho, 500, 1)
    await spend(zoho, 30, 23)
    await spend(zoho, 7000, 25)
    await spend(await givenConnection(await givenTenant()), 900, 1)

    const visitor = await Visitor.signedInAs(await givenUser({ tenant }))
    const { credits } = await propsAt(visitor, 'overview/show', `/t/${tenant.slug}`)
    assert.equal(credits.total, 530)
    assert.deepEqual(credits.connections, [{ name: 'zoho', calls: 2, credits: 530 }])
    assert.lengthOf(credits.hours, 24)
    assert.equal(
      credits.hours.reduce((sum, hour) => sum + hour.credits, 0),
      530
    )
  })

  test('groups open failed records by service and cause', async ({ assert }) => {
    const tenant = await givenTenant()
    const run = await givenRun(await givenService(tenant))
    await givenDeadLetter(run)
    await givenDeadLetter(run)
    await givenDeadLetter(run, { code: 'MANDATORY_NOT_FOUND', field: 'Closing_Date' })
    await givenDeadLetter(run, { openKey: null, resolvedAt: DateTime.utc() })

    const visitor = await Visitor.signedInAs(await givenUser({ tenant }))
    const { attention } = await propsAt(visitor, 'overview/show', `/t/${tenant.slug}`)
    assert.deepEqual(
      attention.letters.map(({ code, field, count }) => ({ code, field, count })),
      [
        { code: 'INVALID_DATA', field: 'Email', count: 2 },
        { code: 'MANDATORY_NOT_FOUND', field: 'Closing_Date', count: 1 },
      ]
    )
  })

  test('shows a failed run until a later one went better', async ({ assert }) => {
    const tenant = await givenTenant()
    const service = await givenService(tenant)
    const failed = await givenRun(service, { state: 'failed', errorMessage: 'No such stream' })
    const visitor = await Visitor.signedInAs(await givenUser({ tenant }))
    const path = `/t/${tenant.slug}`

    const before = await propsAt(visitor, 'overview/show', path)
    assert.deepEqual(
      before.attention.runs.map(({ id }) => id),
      [failed.id]
    )
    await givenRun(service)
    const after = await propsAt(visitor, 'overview/show', path)
    assert.deepEqual(after.attention.runs, [])
  })

  test('tells a new tenant how far it has come, until its first run', async ({ assert }) => {
    const tenant = await givenTenant()
    const visitor = await Visitor.signedInAs(await givenUser({ tenant }))
    const path = `/t/${tenant.slug}`
    const beginning = async () => {
      const props = await propsAt(visitor, 'overview/show', path)
      return props.beginning
    }
    await givenRun(await givenService(await givenTenant()))
    assert.deepEqual(await beginning(), { connections: [], services: 0 })
    const { name } = await givenConnection(tenant)
    assert.deepEqual(await beginning(), { connections: [name], services: 0 })
    const service = await givenService(tenant)
    assert.containSubset(await beginning(), { services: 1 })
    const run = await givenRun(service)
    assert.isNull(await beginning())
    await serviceNumber(service.id)
    await run.delete()
    assert.isNull(await beginning(), 'what is kept of runs ends, what was begun does not')
  })
})

test.group('execution history', () => {
  test('is paged, latest first, and can be filtered', async ({ assert }) => {
    const tenant = await givenTenant()
    const service = await givenService(tenant)
    const start = DateTime.utc()
    for (let minute = 0; minute < 30; minute += 1) {
      const state = minute === 0 ? 'failed' : 'succeeded'
      await givenRun(service, { state, created: minute, queuedAt: start.plus({ minute }) })
    }
    const visitor = await Visitor.signedInAs(await givenUser({ tenant }))
    const path = `/t/${tenant.slug}/runs`

    const first = await propsAt(visitor, 'runs/index', path)
    assert.lengthOf(first.runs.rows, 25)
    assert.equal(first.runs.rows[0]?.read, 29)
    const second = await propsAt(visitor, 'runs/index', `${path}?before=${first.runs.older}`)
    assert.lengthOf(second.runs.rows, 5)
    const back = await propsAt(visitor, 'runs/index', `${path}?after=${second.runs.newer}`)
    assert.deepEqual(back.runs.rows, first.runs.rows)
    const failed = await propsAt(visitor, 'runs/index', `${path}?state=failed`)
    assert.lengthOf(failed.runs.rows, 1)
    const nonsense = await propsAt(visitor, 'runs/index', `${path}?state=x&service=y&before=-1`)
    assert.deepEqual(nonsense.runs.rows, first.runs.rows)
  })

  test('says of a run how many records are likely', async ({ assert }) => {
    const tenant = await givenTenant()
    const service = await givenService(tenant)
    await givenRun(service, { created: 25_000, finishedAt: DateTime.utc().minus({ days: 1 }) })
    const part = { field: 'updated_at', from: '2026-11-20T00:00:00Z', until: null }
    await givenRun(service, { created: 12, bounds: part })
    const whole = await givenRun(service, { state: 'running', finishedAt: null })
    const replay = await givenRun(service, { state: 'queued', onlyKeys: ['1', '2'] })
    const incremental = await givenRun(service, { state: 'queued', bounds: part })

    const visitor = await Visitor.signedInAs(await givenUser({ tenant }))
    const expected = async (id: string) => {
      const props = await propsAt(visitor, 'runs/show', `/t/${tenant.slug}/runs/${id}`)
      return props.expected
    }
    assert.equal(await expected(whole.id), 25_000)
    assert.equal(await expected(replay.id), 2)
    assert.isNull(await expected(incremental.id))
  })
})

test.group('connections', () => {
  test('show settings, and never a secret', async ({ assert }) => {
    const tenant = await givenTenant()
    const connection = await givenConnection(tenant)
    await connection.sealSecrets({ password: 'a-very-secret-word' })
    await connection.save()

    const visitor = await Visitor.signedInAs(await givenUser({ tenant }))
    const { body } = await visitor.get(`/t/${tenant.slug}/connections`)
    assert.include(body, '3306')
    assert.notInclude(body, 'a-very-secret-word')
    assert.notInclude(body, String(connection.sealedSecrets))
  })

  test('are told by the titles of their settings, and never by what is empty', async ({
    assert,
  }) => {
    const tenant = await givenTenant()
    const settings = { dataCentre: 'eu', accountsUrl: 'https://accounts.zoho.eu', trigger: '' }
    const known = await givenConnection(tenant, { connector: 'zoho_crm', settings })
    const lost = await givenConnection(tenant, { connector: 'gone', settings: { odd: true } })
    const visitor = await Visitor.signedInAs(await givenUser({ tenant }))
    const { page } = await visitor.get(`/t/${tenant.slug}/connections`)
    const rows = page?.props.connections as Array<{ id: string; settings: object[] }>
    const settingsOf = (id: string) => rows.find((row) => row.id === id)?.settings
    assert.deepEqual(settingsOf(known.id), [
      { name: 'dataCentre', title: 'Data centre', value: 'eu', isAdvanced: false },
      {
        ...{ name: 'accountsUrl', title: 'Accounts address', isAdvanced: true },
        value: 'https://accounts.zoho.eu',
      },
    ])
    const odd = { name: 'odd', title: 'odd', value: 'yes', isAdvanced: false }
    assert.deepEqual(settingsOf(lost.id), [odd])
  })
})
