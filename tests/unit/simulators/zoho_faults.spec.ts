import { test } from '@japa/runner'
import type { FaultRule } from '#simulators/zoho/control/fault_rule'
import { BulkClient } from './bulk_client.js'
import { deal, openSimulator, range, statusOf, type SimulatorClient } from './open_simulator.js'

const upsert = { method: 'POST', path: '/Deals/upsert' }

/** Status of each call, or 'dropped' where the socket was cut. */
async function outcomes(zoho: SimulatorClient, count: number) {
  const seen: (number | 'dropped')[] = []
  for (const number of range(count)) {
    seen.push(await statusOf(zoho.deals([deal(number)])).catch(() => 'dropped' as const))
  }
  return seen
}

test.group('Zoho simulator: faults', () => {
  test('nth, every and times choose the calls that are struck', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const cases: [FaultRule['match'], number[]][] = [
      [{ ...upsert, nth: 2 }, [200, 500, 200, 200, 200, 200]],
      [{ ...upsert, every: 3 }, [200, 200, 500, 200, 200, 500]],
      [{ ...upsert, times: 2 }, [500, 500, 200, 200, 200, 200]],
      [{ path: String.raw`/\/Deals\/ups.*$/`, every: 2, times: 1 }, [200, 500, 200, 200, 200, 200]],
      [{ method: 'PUT' }, [200, 200, 200, 200, 200, 200]],
    ]
    for (const [match, expected] of cases) {
      zoho.sim.faults([{ match, kind: 'status', status: 500 }])
      assert.deepEqual(await outcomes(zoho, 6), expected)
    }
  })

  test('a forced status looks as Zoho or its gateway would answer', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const headers = { authorization: `Zoho-oauthtoken ${zoho.token}` }
    const answer = async (status: number, body?: unknown) => {
      zoho.sim.faults([{ kind: 'status', status, body }])
      const response = await fetch(`${zoho.url}/crm/v8/org`, { headers })
      return `${response.status} ${await response.text()}`
    }
    assert.match(await answer(429), /^429 .*"code":"TOO_MANY_REQUESTS"/)
    assert.match(await answer(500), /^500 .*"code":"INTERNAL_ERROR"/)
    assert.match(await answer(502), /^502 <html>/)
    assert.equal(await answer(400, { code: 'X' }), '400 {"code":"X"}')
    assert.equal(zoho.sim.stats().refused.INJECTED_502, 1)
  })

  test('probability repeats with the seed', async (context) => {
    const { assert } = context
    const seen: unknown[] = []
    for (const seed of [7, 7, 8]) {
      const zoho = await openSimulator(context.cleanup, { seed })
      zoho.sim.faults([{ match: { ...upsert, probability: 0.5 }, kind: 'status', status: 500 }])
      seen.push(await outcomes(zoho, 20))
    }
    assert.deepEqual(seen[0], seen[1])
    assert.notDeepEqual(seen[0], seen[2])
    const zoho = await openSimulator(context.cleanup, { seed: 7 })
    for (const round of [0, 1]) {
      zoho.sim.faults([{ match: { ...upsert, probability: 0.5 }, kind: 'status', status: 500 }])
      assert.deepEqual(await outcomes(zoho, 20), seen[0], `round ${round}`)
    }
  })

  test('drop_after commits, drop_before does not, neither replies', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    zoho.sim.faults([
      { match: { ...upsert, nth: 1 }, kind: 'drop_before' },
      { match: { ...upsert, nth: 2 }, kind: 'drop_after' },
    ])
    assert.deepEqual(await outcomes(zoho, 3), ['dropped', 'dropped', 200])
    const records = zoho.sim.ledger({ records: true }).map(({ record }) => record?.Order_Ref)
    assert.deepEqual(records, ['R-2', 'R-3'])
  })

  test('partial refuses the rows named, or a share of them', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { bulkDelayMs: 0 })
    zoho.sim.faults([{ kind: 'partial', code: 'RECORD_LOCKED', indexes: [1] }])
    const { status, rows } = await zoho.deals([deal(1), deal(2), deal(3)])
    assert.equal(status, 207)
    const codes = rows.map(({ code }) => String(code))
    assert.deepEqual(codes, ['SUCCESS', 'RECORD_LOCKED', 'SUCCESS'])
    zoho.sim.faults([{ kind: 'partial', share: 1 }])
    assert.equal(await statusOf(zoho.deals([deal(4)])), 400)
    assert.lengthOf(zoho.sim.ledger(), 2)
    zoho.sim.faults([{ match: { path: '/bulk' }, kind: 'partial', indexes: [0] }])
    const bulk = new BulkClient(zoho)
    const sent = [5, 6].map((number) => Object.values(deal(number)))
    const job = await bulk.run([['Deal_Name', 'Stage', 'Order_Ref'], ...sent])
    const results = await bulk.resultRows(String(job.result.download_url))
    assert.deepEqual(results[1].slice(3), ['SKIPPED', '', 'INVALID_DATA-Deal_Name'])
    assert.equal(results[2][3], 'ADDED')
  })

  test('a token expires or is throttled on command', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    zoho.sim.faults([
      { match: { path: '/org', nth: 1 }, kind: 'token_expired' },
      { match: { path: '/oauth', nth: 1 }, kind: 'token_throttled', as: 200 },
      { match: { path: '/oauth', nth: 2 }, kind: 'token_throttled' },
    ])
    const expired = await zoho.get('/crm/v8/org')
    assert.deepEqual([expired.status, String(expired.body.code)], [401, 'INVALID_TOKEN'])
    assert.equal(await statusOf(zoho.get('/crm/v8/org')), 401, 'it stays dead')
    for (const status of [200, 400]) {
      const answer = await zoho.send('POST', '/oauth/v2/token', { body: zoho.form() })
      assert.deepEqual([answer.status, String(answer.body.error)], [status, 'Access Denied'])
    }
    await zoho.signIn()
    assert.equal(await statusOf(zoho.get('/crm/v8/org')), 200)
  })

  test('a result zip is cut, a job fails, an index is late', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { bulkDelayMs: 0 })
    const bulk = new BulkClient(zoho)
    const rows = [['Deal_Name', 'Stage', 'Order_Ref'], Object.values(deal(1))]
    const job = await bulk.run(rows)
    const url = String(job.result.download_url)
    const whole = await bulk.download(url)
    zoho.sim.faults([{ match: { path: '.zip' }, kind: 'truncate_zip' }])
    const cut = await bulk.download(url)
    assert.isTrue(cut.length > 0 && whole.subarray(0, cut.length).equals(cut))
    assert.isBelow(cut.length, whole.length)
    zoho.sim.faults([{ match: { path: '/bulk/v8/write', method: 'POST' }, kind: 'job_failed' }])
    const failed = await bulk.run(rows)
    assert.equal(failed.status, 'FAILED')
    assert.notProperty(failed, 'result')
    zoho.sim.faults([{ match: upsert, kind: 'late_index', ms: 60_000 }])
    await zoho.deals([deal(5)])
    const search = () => zoho.get('/crm/v8/Deals/search?word=R-5')
    assert.equal(await statusOf(search()), 204)
    zoho.sim.advance(61)
    assert.equal(await statusOf(search()), 200)
  })
})
