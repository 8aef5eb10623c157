import { test } from '@japa/runner'
import { deal, dealBatch, deals } from './deal_batch.js'
import { openOrg } from './open_org.js'
import { callRoute } from './route_of.js'

test.group('zoho_crm upsert', () => {
  test('creates, then updates the same records', async ({ assert, cleanup }) => {
    const { ctx, sim, meter } = await openOrg(cleanup)
    const upsert = callRoute('upsert')
    const batch = dealBatch(deals(100))
    const created = await upsert.send(ctx, batch)
    const updated = await upsert.send(ctx, batch)
    assert.deepEqual([...new Set(created.map((outcome) => outcome.state))], ['created'])
    assert.deepEqual([...new Set(updated.map((outcome) => outcome.state))], ['updated'])
    assert.deepEqual(
      created.map((outcome) => 'id' in outcome && outcome.id),
      updated.map((outcome) => 'id' in outcome && outcome.id)
    )
    assert.equal(sim.stats().modules.Deals.records, 100)
    assert.equal(meter.credits, sim.stats().credits.used)
    assert.equal(meter.credits, 2 * upsert.cost(100))
  })

  test('texts of any script arrive as they are', async ({ assert, cleanup }) => {
    const { ctx, meter } = await openOrg(cleanup)
    const names = ['Ümit Çelik', 'Юлія', '村田 🦊', 'O’Brien "quoted" \\ \n line']
    const records = names.map((name, at) => deal(at + 1, { Deal_Name: name }))
    await callRoute('upsert').send(ctx, dealBatch(records))
    const body = Buffer.from(meter.calls.at(-1)?.body ?? '').toString('utf8')
    const { data } = JSON.parse(body) as { data: Array<{ Deal_Name: string }> }
    assert.deepEqual(
      data.map((each) => each.Deal_Name),
      names
    )
  })

  test('tells for each record what is wrong with it', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const records = [
      deal(1),
      deal(2, { Deal_Name: 'x'.repeat(121) }),
      deal(3, { Stage: null }),
      deal(4),
    ]
    const outcomes = await callRoute('upsert').send(ctx, dealBatch(records))
    assert.deepEqual(
      outcomes.map(({ state }) => state),
      ['created', 'rejected', 'rejected', 'created']
    )
    assert.containSubset(outcomes[1], { code: 'INVALID_DATA', field: 'Deal_Name' })
    assert.match('message' in outcomes[1] ? outcomes[1].message : '', /Deal_Name is too long.*120/)
    assert.containSubset(outcomes[2], { code: 'MANDATORY_NOT_FOUND', field: 'Stage' })
  })

  for (const allFailedStatus of [400, 202] as const) {
    test(`reads every fault when all fail with ${allFailedStatus}`, async ({ assert, cleanup }) => {
      const { ctx } = await openOrg(cleanup, { allFailedStatus })
      const outcomes = await callRoute('upsert').send(ctx, dealBatch(deals(3, { Stage: null })))
      assert.deepEqual(
        outcomes.map(({ index, state }) => `${index} ${state}`),
        ['0 rejected', '1 rejected', '2 rejected']
      )
    })
  }

  test('runs no automation unless told to', async ({ assert, cleanup }) => {
    const { context } = await openOrg(cleanup)
    const bodies: string[] = []
    for (const trigger of ['', 'all', 'workflow, approval']) {
      const { ctx, meter } = context({ trigger })
      await callRoute('upsert').send(ctx, dealBatch([deal(1)]))
      bodies.push(String(meter.calls.at(-1)?.body))
    }
    assert.include(bodies[0], '"trigger":[]')
    assert.notInclude(bodies[1], 'trigger')
    assert.include(bodies[2], '"trigger":["workflow","approval"]')
  })

  test('a lost reply may have been delivered', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup)
    sim.faults([{ kind: 'drop_after', match: { path: '/upsert', times: 1 } }])
    const send = () => callRoute('upsert').send(ctx, dealBatch(deals(5)))
    const error = await send().catch((thrown: unknown) => thrown)
    assert.containSubset(error, { kind: 'transient', delivered: 'unknown' })
    const again = await send()
    assert.isTrue(again.every(({ state }) => state === 'updated'))
    assert.equal(sim.stats().modules.Deals.records, 5)
  })

  test('a gateway error and a 429 say what to do', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup)
    const kinds: unknown[] = []
    for (const status of [429, 500, 502]) {
      sim.faults([{ kind: 'status', status, match: { path: '/upsert', times: 1 } }])
      const send = callRoute('upsert').send(ctx, dealBatch(deals(5)))
      const error = await send.catch((thrown: unknown) => thrown)
      kinds.push([Reflect.get(Object(error), 'kind'), Reflect.get(Object(error), 'delivered')])
    }
    assert.deepEqual(kinds, [
      ['rate_limited', 'no'],
      ['transient', 'unknown'],
      ['transient', 'unknown'],
    ])
  })
})
