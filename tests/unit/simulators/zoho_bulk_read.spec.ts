import { test } from '@japa/runner'
import { BulkReader } from './bulk_reader.js'
import { Receiver } from './receiver.js'
import { deal, openSimulator, range, statusOf, type Json } from './open_simulator.js'

const fast = { bulkReadDelayMs: 0, bulkReadQueueMs: 0 }
const byName = (comparator: string, value: unknown) => ({
  field: { api_name: 'Order_Ref' },
  comparator,
  value,
})
const amount = (comparator: string, value: unknown) => ({
  field: { api_name: 'Amount' },
  comparator,
  value,
})

test.group('Zoho simulator: bulk read', () => {
  test('a job goes through its states on the simulated clock', async (context) => {
    const { assert } = context
    const slow = { bulkReadDelayMs: 60_000, bulkReadQueueMs: 60_000, bulkReadRunMs: 60_000 }
    const zoho = await openSimulator(context.cleanup, slow)
    await zoho.deals([deal(1)])
    const reader = new BulkReader(zoho)
    const created = await reader.deals({ fields: ['Deal_Name'] })
    assert.equal(created.status, 201)
    const [{ code, details }] = created.rows
    assert.deepEqual([String(code), String(details.state)], ['ADDED_SUCCESSFULLY', 'ADDED'])
    const seen = [await reader.state(String(details.id))]
    for (const expected of ['QUEUED', 'IN PROGRESS', 'COMPLETED']) {
      zoho.sim.advance(61)
      for (;;) {
        const { state } = await reader.show(String(details.id))
        if (String(state) === expected) break
      }
      seen.push(expected)
    }
    assert.deepEqual(seen, ['ADDED', 'QUEUED', 'IN PROGRESS', 'COMPLETED'])
  })

  test('the file holds the id first, times with their offset, related fields', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, fast)
    const account = await zoho.post('/crm/v8/Accounts', { data: [{ Account_Name: 'Ada "&" Co' }] })
    const id = String(account.rows[0].details.id)
    const sent = deal(1, {
      Account_Name: { id },
      Ordered_At: '2026-01-01T10:00:00+00:00',
      Order_Notes: 'two\nlines, one "quote"',
      Is_Gift: true,
    })
    await zoho.deals([sent, deal(2)])
    const fields = ['Order_Ref', 'Account_Name', 'Account_Name.Account_Name', 'Ordered_At']
    const { job, rows } = await new BulkReader(zoho).run({
      fields: [...fields, 'Order_Notes', 'Is_Gift'],
    })
    assert.deepEqual(rows[0], ['id', ...fields, 'Order_Notes', 'Is_Gift'])
    const notes = 'two\nlines, one "quote"'
    const expected = ['R-1', id, 'Ada "&" Co', '2026-01-01T15:30:00+05:30', notes, 'true']
    assert.deepEqual(rows[1].slice(1), expected)
    assert.deepEqual(rows[2].slice(1), ['R-2', '', '', '', '', ''])
    const { count, more_records: more, per_page: size } = job.result
    assert.deepEqual([count, more, size].map(String), ['2', 'false', '200000'])
    const { rows: all } = await new BulkReader(zoho).run()
    assert.includeMembers(all[0], ['id', 'Deal_Name', 'Modified_Time', 'Owner'])
    const { 'POST /crm/bulk/v8/read': spent } = zoho.sim.stats().credits.byEndpoint
    assert.deepEqual(spent, { calls: 2, credits: 100 })
  })

  test('criteria choose rows, nested too', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, fast)
    await zoho.deals([1, 2, 3, 11].map((number) => deal(number, { Amount: number })))
    await zoho.deals([deal(4)])
    const reader = new BulkReader(zoho)
    const cases: [unknown, string][] = [
      [byName('equal', 'r-1'), 'R-1'],
      [byName('not_equal', 'R-1'), 'R-2 R-3 R-11 R-4'],
      [byName('in', ['R-1', 'R-4']), 'R-1 R-4'],
      [byName('contains', '-1'), 'R-1 R-11'],
      [byName('starts_with', 'R-1'), 'R-1 R-11'],
      [byName('ends_with', '1'), 'R-1 R-11'],
      [byName('not_contains', '1'), 'R-2 R-3 R-4'],
      [amount('greater_than', 2), 'R-3 R-11'],
      [amount('between', ['2', '3']), 'R-2 R-3'],
      [amount('equal', '${EMPTY}'), 'R-4'],
      [amount('not_equal', '${EMPTY}'), 'R-1 R-2 R-3 R-11'],
      [
        {
          group_operator: 'or',
          group: [
            byName('equal', 'R-4'),
            {
              group_operator: 'and',
              group: [amount('greater_equal', 3), amount('less_than', 11)],
            },
          ],
        },
        'R-3 R-4',
      ],
    ]
    for (const [criteria, found] of cases) {
      const job = await reader.finish(await reader.deals({ fields: ['Order_Ref'], criteria }))
      zoho.sim.advance(60)
      const [, ...rows] = await reader.rows(job)
      const refs = rows.map(([, ref]) => ref)
      assert.equal(refs.join(' '), found, JSON.stringify(criteria))
    }
  })

  test('what cannot be read is refused', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, fast)
    const reader = new BulkReader(zoho)
    const criterion = amount('equal', 1)
    const notes = { field: { api_name: 'Order_Notes' }, comparator: 'equal', value: 'x' }
    const cases: [Record<string, unknown>, string][] = [
      [{ module: { api_name: 'Nothing' } }, 'MODULE_NOT_AVAILABLE'],
      [{ module: undefined }, 'MANDATORY_NOT_FOUND'],
      [{ fields: ['Nothing'] }, 'FIELD_NOT_AVAILABLE'],
      [{ fields: ['A.B.C.D'] }, 'JOIN_LIMIT_EXCEEDED'],
      [{ criteria: notes }, 'FIELD_IN_CRITERIA_NOT_SUPPORTED'],
      [
        { criteria: { group_operator: 'and', group: range(26).map(() => criterion) } },
        'CRITERIA_LIMIT_EXCEEDED',
      ],
      [{ criteria: amount('starts_with', 1) }, 'INVALID_DATA'],
      [{ criteria: amount('equal', 'many') }, 'INVALID_DATA'],
      [{ page: 0 }, 'INVALID_DATA'],
      [{ page: 501 }, 'PAGE_RANGE_EXCEEDED'],
      [{ page_token: 'x' }, 'TOKEN_BOUND_DATA_MISMATCH'],
      [{ cvid: '1' }, 'CVID_NOT_SUPPORTED'],
    ]
    for (const [query, code] of cases) {
      const { status, body } = await reader.deals(query)
      assert.deepEqual([status, String(body.code)], [400, code])
    }
    const callback = { url: 'ftp://example.com/x', method: 'post' }
    const away = await reader.create({ module: { api_name: 'Deals' } }, { callback })
    assert.equal(away.body.code, 'INVALID_CALLBACK_URL')
    const plain = await zoho.post('/crm/bulk/v8/read', {})
    assert.equal(plain.status, 415)
    const gone = await zoho.get('/crm/bulk/v8/read/1/result')
    assert.deepEqual([gone.status, String(gone.body.code)], [404, 'RESOURCE_NOT_FOUND'])
  })

  test('pages follow by number or by token, which lasts a day', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { ...fast, bulkReadRows: 2 })
    await zoho.deals(range(5).map((number) => deal(number)))
    const reader = new BulkReader(zoho)
    const refs = (rows: string[][]) => rows.slice(1).map(([, ref]) => ref)
    const first = await reader.run({ fields: ['Order_Ref'] })
    assert.deepEqual(refs(first.rows), ['R-1', 'R-2'])
    const token = (job: Json) => String(job.result.next_page_token)
    const second = await reader.finish(await reader.create({ page_token: token(first.job) }))
    assert.deepEqual(refs(await reader.rows(second)), ['R-3', 'R-4'])
    assert.equal(Number(second.result.page), 2)
    const third = await reader.run({ fields: ['Order_Ref'], page: 3 })
    assert.deepEqual(refs(third.rows), ['R-5'])
    assert.notProperty(third.job.result, 'next_page_token')
    const forged = await reader.create({ page_token: `${token(first.job)}x` })
    assert.equal(forged.body.code, 'INVALID_DATA')
    zoho.sim.advance(24 * 3600 + 1)
    await zoho.signIn()
    const late = await reader.create({ page_token: token(first.job) })
    assert.equal(late.body.code, 'EXPIRED_VALUE')
    assert.equal(await reader.fetched(first.job), 404)
  })

  test('writes after the start of the job are not in its file', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { ...fast, bulkReadRunMs: 60_000 })
    await zoho.deals([deal(1), deal(2)])
    const reader = new BulkReader(zoho)
    const created = await reader.deals({ fields: ['Order_Ref', 'Deal_Name'] })
    for (;;) {
      const { state } = await reader.show(String(created.rows[0].details.id))
      if (String(state) === 'IN PROGRESS') break
    }
    await zoho.deals([deal(1, { Deal_Name: 'Later' }), deal(3)])
    zoho.sim.advance(61)
    const rows = await reader.rows(await reader.finish(created))
    assert.deepEqual(
      rows.slice(1).map(([, ref, name]) => `${ref} ${name}`),
      ['R-1 Order 1', 'R-2 Order 2']
    )
  })

  test('ten downloads a minute, a callback, and failures by fault', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, fast)
    await zoho.deals([deal(1)])
    const reader = new BulkReader(zoho)
    const receiver = await Receiver.open(context.cleanup)
    const query = { module: { api_name: 'Deals' } }
    const callback = { url: receiver.url, method: 'post' }
    await reader.create(query, { callback })
    const [posted] = await receiver.wait(1)
    assert.equal(posted.state, 'COMPLETED')
    const job = await reader.show(String(posted.id))
    for (const number of range(10)) {
      assert.equal(await reader.fetched(job), 200, `download ${number}`)
    }
    assert.equal(await reader.fetched(job), 429)
    zoho.sim.advance(61)
    const whole = await reader.size(job)
    zoho.sim.faults([
      { match: { path: '/result' }, kind: 'truncate_zip' },
      { match: { path: '/bulk/v8/read', method: 'POST' }, kind: 'job_failed' },
    ])
    assert.isBelow(await reader.size(job), whole)
    await reader.create(query, { callback })
    const [, failed] = await receiver.wait(2)
    assert.equal(failed.state, 'FAILURE')
    assert.include(JSON.stringify(failed.result), 'INTERNAL_SERVER_ERROR')
    assert.equal(await statusOf(zoho.get(`/crm/bulk/v8/read/${String(failed.id)}/result`)), 404)
  })
})
