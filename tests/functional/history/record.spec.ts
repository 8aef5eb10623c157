import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import AuditEvent from '#domain/audit/audit_event'
import type Run from '#domain/runs/run'
import { serviceNumber } from '#domain/runs/service_number'
import type { Pages } from '#http/pages'
import { givenDeadLetter, givenRun, givenService, givenTenant, givenUser } from '#tests/support/app'
import { Visitor } from '#tests/support/visitor'

async function givenLink(run: Run, key: string, match: string | null): Promise<void> {
  await db.table('record_links').insert({
    service_number: await serviceNumber(run.serviceId),
    source_key: key,
    match_key: match,
    target_id: '5001',
    hash: 'h',
    state: 'sent',
    settled_at: run.startedAt?.toMillis() ?? 0,
  })
}

async function propsAt<Name extends keyof Pages>(visitor: Visitor, path: string) {
  const page = await visitor.pageAt(path)
  return page?.props as Pages[Name]
}

test.group('One record', () => {
  test('is told across services, and never of another tenant', async ({ assert }) => {
    const tenant = await givenTenant()
    const [orders, contacts] = [await givenService(tenant), await givenService(tenant)]
    const [failed, later] = [await givenRun(orders), await givenRun(contacts)]
    const foreign = await givenRun(await givenService(await givenTenant()))
    await givenDeadLetter(failed, { sourceKey: 'A-7' })
    const mended = { openKey: null, resolvedAt: DateTime.utc(), resolvedBy: later.id }
    await givenDeadLetter(later, { sourceKey: 'A-7', ...mended })
    await givenDeadLetter(foreign, { sourceKey: 'A-7' })
    await givenLink(later, 'A-7', 'ada@example.com')
    await givenLink(foreign, 'A-7', 'ada@example.com')
    const visitor = await Visitor.signedInAs(await givenUser({ tenant, role: 'viewer' }))
    const path = `/t/${tenant.slug}/records`

    for (const asked of ['A-7', 'Ada@example.com', '5001']) {
      const { record } = await propsAt<'records/index'>(visitor, `${path}?key=${asked}`)
      assert.deepEqual(
        record?.links.map(({ service, targetId, runId }) => [service.id, targetId, runId]),
        [[contacts.id, '5001', later.id]]
      )
      assert.deepEqual(
        record?.letters.map(({ service, isOpen, mendedBy }) => [service.id, isOpen, mendedBy]),
        [
          [contacts.id, false, later.id],
          [orders.id, true, null],
        ]
      )
    }
    const unknown = await propsAt<'records/index'>(visitor, `${path}?key=B-1`)
    assert.deepEqual(unknown.record, { links: [], letters: [] })
    const empty = await propsAt<'records/index'>(visitor, path)
    assert.isNull(empty.record)
  })

  test('is shown in full to operators alone, and each look is written down', async ({ assert }) => {
    const tenant = await givenTenant()
    const letter = await givenDeadLetter(await givenRun(await givenService(tenant)))
    const path = `/t/${tenant.slug}/dead-letters/${letter.id}`
    const viewer = await Visitor.signedInAs(await givenUser({ tenant, role: 'viewer' }))
    const hidden = await propsAt<'dead_letters/show'>(viewer, path)
    assert.isNull(hidden.payload)
    const looks = () => AuditEvent.query().where('tenantId', tenant.id).where('subject', letter.id)
    assert.lengthOf(await looks(), 0)

    const user = await givenUser({ tenant, role: 'operator' })
    const operator = await Visitor.signedInAs(user)
    const { payload } = await propsAt<'dead_letters/show'>(operator, path)
    assert.deepEqual(payload?.source, [{ field: 'number', value: letter.sourceKey }])
    const [look, ...more] = await looks()
    assert.deepEqual([look?.action, look?.userId, more.length], ['payload.seen', user.id, 0])
  })
})

test.group("A run's errors", () => {
  test('are grouped by cause, each with its repair and its letters', async ({ assert }) => {
    const tenant = await givenTenant()
    const run = await givenRun(await givenService(tenant), { state: 'partial', rejected: 3 })
    const long = { code: 'TOO_LONG', field: 'Name', message: 'Name has 130 characters; 120 fit' }
    await givenDeadLetter(run, long)
    await givenDeadLetter(run, { ...long, openKey: null, resolvedAt: DateTime.utc() })
    await givenDeadLetter(run)
    const visitor = await Visitor.signedInAs(await givenUser({ tenant }))
    const { causes } = await propsAt<'runs/show'>(visitor, `/t/${tenant.slug}/runs/${run.id}`)
    assert.deepEqual(
      causes.map(({ code, count, open, repair }) => [code, count, open, repair.text]),
      [
        ['TOO_LONG', 2, 1, 'Shorten Name to 120 characters'],
        ['INVALID_DATA', 1, 1, 'Correct the value of Email: the target does not take it'],
      ]
    )
    const { letters } = await propsAt<'dead_letters/index'>(
      visitor,
      `/t/${tenant.slug}/services/${run.serviceId}/dead-letters?code=TOO_LONG&run=${run.id}`
    )
    assert.equal(letters.total, 1)
  })
})
