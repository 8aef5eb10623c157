import { test } from '@japa/runner'
import { deal, openSimulator, range, type SimulatorClient, statusOf } from './open_simulator.js'

async function fill(zoho: SimulatorClient, count: number) {
  for (let from = 0; from < count; from += 100) {
    const size = Math.min(100, count - from)
    await zoho.deals(range(size).map((number) => deal(from + number)))
  }
}

const list = '/crm/v8/Deals?fields=Order_Ref'

test.group('Zoho simulator: reads', () => {
  test('an empty module, an unknown id and no deletions are 204', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    for (const path of [list, '/crm/v8/Deals/5733686000000999999', '/crm/v8/Deals/deleted']) {
      const { status, body } = await zoho.get(path)
      assert.equal(status, 204)
      assert.deepEqual(body, {})
    }
  })

  test('a list needs fields, at most 50, and pages of at most 200', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    await fill(zoho, 1)
    const codeOf = async (path: string) => {
      const { body } = await zoho.get(path)
      return String(body.code)
    }
    assert.equal(await codeOf('/crm/v8/Deals'), 'REQUIRED_PARAM_MISSING')
    const many = range(51).join(',')
    assert.equal(await codeOf(`/crm/v8/Deals?fields=${many}`), 'LIMIT_EXCEEDED')
    assert.equal(await codeOf(`${list}&per_page=201`), 'INVALID_DATA')
    assert.equal(await codeOf(`${list}&sort_by=Amount`), 'INVALID_DATA')
    const beyond = await codeOf(`${list}&page=11&per_page=200`)
    assert.equal(beyond, 'DISCRETE_PAGINATION_LIMIT_EXCEEDED')
    assert.equal(await codeOf('/crm/v8/Nothing?fields=id'), 'INVALID_MODULE')
    assert.equal(await codeOf('/crm/v8/Deals/abc'), 'INVALID_DATA')
  })

  for (const order of ['asc', 'desc']) {
    test(`pages, then tokens, show each of 2,500 records once (${order})`, async (context) => {
      const { assert } = context
      const zoho = await openSimulator(context.cleanup)
      await fill(zoho, 2500)
      const seen: string[] = []
      let next = '&page=1'
      for (let page = 1; next !== ''; page += 1) {
        const { rows, body } = await zoho.get(`${list}&sort_order=${order}${next}`)
        seen.push(...rows.map(({ id }) => String(id)))
        assert.equal(Number(body.info.count), rows.length)
        const token = `&page_token=${body.info.next_page_token}`
        next = body.info.more_records ? (page < 10 ? `&page=${page + 1}` : token) : ''
      }
      assert.lengthOf(seen, 2500)
      const sorted = [...new Set(seen)].sort()
      assert.deepEqual(seen, order === 'asc' ? sorted : sorted.reverse())
    })
  }

  test('a page token is bound to its parameters and its day', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { tokenLifeSeconds: 200_000 })
    await fill(zoho, 3)
    const { body } = await zoho.get(`${list}&per_page=1`)
    const token = `&page_token=${body.info.next_page_token}`
    const codeOf = async (query: string) => {
      const answer = await zoho.get(list + query + token)
      return answer.status === 200 ? 'read' : String(answer.body.code)
    }
    assert.equal(await codeOf('&per_page=1'), 'read')
    assert.equal(await codeOf('&per_page=1&page=2'), 'AMBIGUITY_DURING_PROCESSING')
    assert.equal(await codeOf('&per_page=2'), 'TOKEN_BOUND_DATA_MISMATCH')
    zoho.sim.advance(24 * 3600 + 1)
    assert.equal(await codeOf('&per_page=1'), 'EXPIRED_VALUE')
  })

  test('If-Modified-Since shows what is newer, or 304', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    await fill(zoho, 3)
    zoho.sim.advance(60)
    const { rows } = await zoho.deals([deal(2, { Amount: 1 })])
    const at = String(rows[0].details.Modified_Time)
    const before = at.replace(/^\d{4}/, '2020')
    const path = `${list}&sort_by=Modified_Time&sort_order=asc`
    const all = await zoho.get(path, { 'If-Modified-Since': before })
    assert.deepEqual(
      all.rows.map(({ Order_Ref: ref }) => String(ref)),
      ['R-1', 'R-3', 'R-2']
    )
    const none = await zoho.get(path, { 'If-Modified-Since': at })
    assert.equal(none.status, 304)
    const odd = await zoho.get(path, { 'If-Modified-Since': 'Sat, 01 Jan 2026 00:00:00 GMT' })
    assert.equal(odd.body.code, 'INVALID_DATA')
  })

  test('values come back in the user zone, lookups with name', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { timeZone: 'America/New_York' })
    const person = await zoho.post('/crm/v8/Contacts', { data: [{ Last_Name: 'Byron' }] })
    const id = person.rows[0].details.id
    const ordered = deal(1, { Ordered_At: '2026-07-01T12:00:00+02:00', Contact_Name: { id } })
    await zoho.deals([ordered])
    const { rows } = await zoho.get('/crm/v8/Deals?fields=Ordered_At,Contact_Name,Created_Time')
    assert.equal(rows[0].Ordered_At, '2026-07-01T06:00:00-04:00')
    assert.deepEqual(rows[0].Contact_Name, { name: 'Byron', id })
    assert.sameMembers(Object.keys(rows[0]), ['id', 'Ordered_At', 'Contact_Name', 'Created_Time'])
  })

  test('a deleted record is gone, and listed as deleted', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { tokenLifeSeconds: 100 * 86_400 })
    await fill(zoho, 3)
    const { rows } = await zoho.get(list)
    const ids = rows.map(({ id }) => String(id))
    const path = `/crm/v8/Deals?ids=${ids[0]},${ids[0]}&wf_trigger=false`
    const answer = await zoho.delete(path)
    assert.equal(answer.status, 207)
    assert.equal(answer.rows[1].message, 'record not deleted')
    assert.deepEqual(zoho.sim.ledger().at(-1)?.trigger, [])
    assert.equal(await statusOf(zoho.delete(`/crm/v8/Deals/${ids[1]}`)), 200)
    const bare = await zoho.delete('/crm/v8/Deals')
    assert.equal(bare.body.code, 'REQUIRED_PARAM_MISSING')
    const left = await zoho.get(list)
    assert.lengthOf(left.rows, 1)
    const gone = await zoho.get('/crm/v8/Deals/deleted?type=recycle')
    assert.deepEqual(
      gone.rows.map(({ id, type }) => [String(id), String(type)]),
      ids.slice(0, 2).map((id) => [id, 'recycle'])
    )
    zoho.sim.advance(61 * 86_400)
    const old = await zoho.get('/crm/v8/Deals/deleted?type=permanent')
    assert.isNull(old.rows[0].display_name)
    const again = await zoho.deals([deal(3)])
    assert.equal(again.rows[0].action, 'insert', 'its unique value is free again')
    const now = await zoho.get(list)
    assert.lengthOf(now.rows, 2)
  })
})
