import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { zohoHosts } from '#config/zoho_hosts'
import Run from '#domain/runs/run'
import { executeSelection } from '#domain/selections/execute_selection'
import Selection from '#domain/selections/selection'
import { linkToken } from '#domain/selections/selection_link'
import { applyService } from '#domain/services/apply_service'
import { baseUrl } from '#tests/support/base_url'
import { Visitor } from '#tests/support/visitor'
import { untilOver } from '#tests/support/with_test_runners'
import {
  exportDefinition,
  givenZohoSelection,
  withZohoSelection,
} from '#tests/support/zoho_selection'
import type { ZohoSelection } from '#tests/support/zoho_selection'
import type { Pages } from '#http/pages'

/** Without cookies, as in a frame. */
async function shown(path: string): Promise<Pages['selections/show']> {
  const page = await new Visitor().pageAt(path)
  return page?.props as Pages['selections/show']
}

async function previewed(path: string) {
  const response = await fetch(baseUrl() + path, {
    headers: {
      'x-inertia': 'true',
      'x-inertia-partial-component': 'selections/show',
      'x-inertia-partial-data': 'preview',
    },
  })
  const { props } = (await response.json()) as { props: Pages['selections/show'] }
  if (!props.preview?.ok) throw new Error(`No preview: ${JSON.stringify(props.preview)}`)
  return props.preview
}

const execute = (path: string, { id }: { id: string }) =>
  fetch(`${baseUrl()}${path}/services/${id}/runs`, { method: 'POST', redirect: 'manual' })

const runsOf = ({ service }: ZohoSelection) => Run.query().where('serviceId', service.id)

test.group('The Execution Dashboard', () => {
  test('says what would happen, does it once, and tells of each record', ({ assert }) =>
    withZohoSelection(async (house, dispatcher) => {
      const ids = await house.person.create(3)
      const [gone, ...others] = await house.person.create(2)
      await house.person.remove([gone])
      const path = await house.linkTo([...ids, gone])
      const before = await shown(path)
      assert.deepEqual(
        before.services.map(({ name, trouble }) => [name, trouble]),
        [['deals-out', null]]
      )
      assert.equal(before.chosen, house.service.id)
      assert.isNull(before.execution)

      const preview = await previewed(path)
      assert.containSubset(preview, { counts: { create: 3 }, missing: 1 })
      assert.isAbove(preview.credits, 0)
      assert.sameMembers(
        preview.records.map(({ title }) => title),
        ['Deal 0', 'Deal 1', 'Deal 2']
      )

      const clicks = await Promise.all([1, 2, 3].map(() => execute(path, house.service)))
      assert.deepEqual(
        clicks.map(({ status }) => status),
        [303, 303, 303]
      )
      const [run, ...more] = await runsOf(house)
      assert.lengthOf(more, 0)
      await untilOver(run, dispatcher)
      const { execution } = await shown(path)
      assert.containSubset(execution, { state: 'succeeded', isFinal: true, counts: { created: 3 } })
      const states = new Map(execution?.records.map(({ key, state }) => [key, state]))
      assert.deepEqual(
        [...ids, gone].map((id) => states.get(id)),
        ['arrived', 'arrived', 'arrived', 'skipped']
      )
      const arrived = await house.other.names('Order_Ref')
      assert.sameMembers([...arrived.keys()], ids)
      assert.lengthOf(others, 1)
    })).timeout(90_000)

  test('a later selection leaves out what has not changed', ({ assert }) =>
    withZohoSelection(async (house, dispatcher) => {
      const [same, changed] = await house.person.create(2)
      const runAll = async () => {
        const path = await house.linkTo([same, changed])
        await execute(path, house.service)
        const run = await runsOf(house).orderBy('queuedAt', 'desc').firstOrFail()
        await untilOver(run, dispatcher)
        return path
      }
      await runAll()
      await house.person.rename(changed, 'New name')
      const preview = await previewed(await house.linkTo([same, changed]))
      assert.containSubset(preview.counts, { update: 1, unchanged: 1 })
      const { execution } = await shown(await runAll())
      assert.containSubset(execution?.counts, { updated: 1, unchanged: 1 })
      const states = new Map(execution?.records.map(({ key, state }) => [key, state]))
      assert.deepEqual([states.get(same), states.get(changed)], ['unchanged', 'arrived'])
    })).timeout(90_000)

  test('takes more records than one call does, and lists the first of them', ({ assert }) =>
    withZohoSelection(async (house, dispatcher) => {
      const ids = await house.person.create(230)
      const path = await house.linkTo(ids)
      const preview = await previewed(path)
      assert.containSubset(preview, { counts: { create: 230 }, missing: 0 })
      await execute(path, house.service)
      await untilOver(await runsOf(house).firstOrFail(), dispatcher)
      const { execution } = await shown(path)
      assert.equal(execution?.counts.created, 230)
      assert.lengthOf(execution?.records ?? [], 200)
      assert.equal(execution?.more, 30)
    })).timeout(90_000)

  test('five clicks at the same moment are one run', ({ assert }) =>
    withZohoSelection(async (house) => {
      const path = await house.linkTo(['71'])
      const selection = await Selection.findOrFail(path.slice(3).split('.')[0])
      const clicks = Array.from({ length: 5 }, () => executeSelection(selection, house.service))
      const runs = await Promise.all(clicks)
      assert.lengthOf(new Set(runs.map(({ id }) => id)), 1)
      assert.lengthOf(await runsOf(house), 1)
    })).timeout(60_000)

  test('a link that was tampered with leads nowhere', ({ assert }) =>
    withZohoSelection(async (house) => {
      const path = await house.linkTo(['71'])
      const foreign = await house.linkTo(['72'])
      const [id, signature] = path.slice(3).split('.')
      const [otherId] = foreign.slice(3).split('.')
      const wrong = [
        `${otherId}.${signature}`,
        `${id}.${'A'.repeat(43)}`,
        `${id}.`,
        `${id}`,
        `${id}.${signature}.x`,
        'nothing',
      ]
      for (const token of wrong) {
        const { status, page } = await new Visitor().get(`/x/${token}`)
        assert.equal(status, 404, token)
        assert.containSubset(page, { component: 'selections/closed', props: { reason: 'unknown' } })
        const answer = await execute(`/x/${token}`, house.service)
        assert.equal(answer.status, 404, token)
      }
      await Selection.query().where('id', id).update({ ids: '["71","73"]' })
      assert.equal(await new Visitor().statusOf(path), 404)
      assert.lengthOf(await runsOf(house), 0)
    })).timeout(60_000)

  test('an expired link runs nothing more, and shows what it has run', ({ assert }) =>
    withZohoSelection(async (house, dispatcher) => {
      const ids = await house.person.create(1)
      const [used, unused] = [await house.linkTo(ids), await house.linkTo(ids)]
      await execute(used, house.service)
      await untilOver(await runsOf(house).firstOrFail(), dispatcher)
      const past = DateTime.utc().minus({ seconds: 1 })
      const paths = []
      for (const path of [used, unused]) {
        const selection = await Selection.findOrFail(path.slice(3).split('.')[0])
        await selection.merge({ expiresAt: past }).save()
        paths.push(`/x/${await linkToken(selection)}`)
      }
      const { status, page } = await new Visitor().get(paths[1])
      assert.equal(status, 410)
      assert.equal(page?.props.reason, 'expired')
      assert.containSubset(await execute(paths[1], house.service), { status: 410 })
      const { execution, selection } = await shown(paths[0])
      assert.isTrue(selection.isExpired)
      assert.equal(execution?.state, 'succeeded')
      const second = await applyService(house.tenant, exportDefinition('deals-again'), {
        userId: null,
      })
      await execute(paths[0], second.service)
      assert.lengthOf(await Run.query().where('serviceId', second.service.id), 0)
    })).timeout(60_000)

  test('offers exports of that module and that org alone', ({ assert }) =>
    withZohoSelection(async (house) => {
      const apply = (name: string, more: object) =>
        applyService(house.tenant, exportDefinition(name, more), { userId: null })
      const others = [
        await apply('leads-out', {
          source: { connection: 'source', stream: 'Leads' },
          mapping: [
            { to: 'Deal_Name', from: 'Last_Name' },
            { to: 'Order_Ref', from: 'id' },
            { to: 'Stage', value: 'Qualification' },
          ],
        }),
        await apply('deals-in', { kind: 'import' }),
        await apply('wrong-way', { source: { connection: 'target', stream: 'Deals' } }),
      ]
      const foreign = await givenZohoSelection()
      try {
        const path = await house.linkTo(['71'])
        const { services } = await shown(path)
        assert.deepEqual(
          services.map(({ name }) => name),
          ['deals-out']
        )
        for (const service of [...others.map((each) => each.service), foreign.service]) {
          assert.containSubset(await execute(path, service), { status: 404 })
          assert.equal(await new Visitor().statusOf(`${path}?service=${service.id}`), 404)
        }
        const none = await Run.query().whereIn('tenantId', [house.tenant.id, foreign.tenant.id])
        assert.lengthOf(none, 0)
      } finally {
        await foreign.close()
      }
    })).timeout(60_000)

  test('a paused service says so and does not run', ({ assert }) =>
    withZohoSelection(async (house) => {
      const path = await house.linkTo(['71'])
      await house.service.merge({ state: 'paused', stateReason: 'stocktaking' }).save()
      await execute(path, house.service)
      assert.lengthOf(await runsOf(house), 0)
      const { services } = await shown(path)
      assert.equal(services[0]?.trouble, 'paused: stocktaking')
    })).timeout(60_000)

  test('only its pages may be framed, and only by Zoho', ({ assert }) =>
    withZohoSelection(async (house) => {
      const path = await house.linkTo(['71'])
      for (const address of [path, '/x/nothing']) {
        const { headers } = await fetch(baseUrl() + address)
        const policy = headers.get('content-security-policy') ?? ''
        assert.equal(
          policy.split(';').find((rule) => rule.startsWith('frame-ancestors')),
          `frame-ancestors 'self' ${zohoHosts.join(' ')}`
        )
        assert.isNull(headers.get('x-frame-options'))
        assert.equal(headers.get('referrer-policy'), 'no-referrer')
      }
      const { headers } = await fetch(`${baseUrl()}/login`)
      assert.include(headers.get('content-security-policy') ?? '', "frame-ancestors 'none'")
      assert.equal(headers.get('x-frame-options'), 'DENY')
    })).timeout(60_000)
})
