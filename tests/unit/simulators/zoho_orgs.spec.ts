import { test } from '@japa/runner'
import { OTHER, WRITER, openConsent } from './consent_client.js'
import { deal, openSimulator } from './open_simulator.js'

test.group('Zoho simulator: orgs and users', () => {
  test('who signs in decides the org; its records are its own', async (context) => {
    const { assert } = context
    const zoho = await openConsent(context.cleanup)
    const mine = await zoho.connect()
    const theirs = await zoho.connect({}, OTHER)
    const org = async (token: string) => {
      const { body } = await zoho.get('/crm/v8/org', token)
      return body.org[0]
    }
    const [first, second] = zoho.sim.orgs
    assert.containSubset(await org(mine.access), { zgid: first.zgid, company_name: first.company })
    assert.containSubset(await org(theirs.access), {
      zgid: second.zgid,
      company_name: 'Other Company',
      primary_email: OTHER,
    })
    zoho.zoho.token = mine.access
    await zoho.zoho.deals([deal(1)])
    assert.equal(await zoho.status('/crm/v8/Deals?fields=id', mine.access), 200)
    assert.equal(await zoho.status('/crm/v8/Deals?fields=id', theirs.access), 204)
    assert.equal(zoho.sim.stats().credits.used, 3)
  })

  test('what happened can be asked of each org', async ({ assert, cleanup }) => {
    const zoho = await openConsent(cleanup)
    const { access } = await zoho.connect({}, OTHER)
    const { zgid, company } = zoho.sim.orgs[1]
    zoho.zoho.token = access
    await zoho.zoho.deals([deal(1), deal(2)])
    assert.deepEqual(zoho.sim.stats().modules, {})
    assert.equal(zoho.sim.stats(company).modules.Deals.records, 2)
    assert.lengthOf(zoho.sim.ledger(), 0)
    assert.lengthOf(zoho.sim.ledger({ org: zgid }), 2)
    const { body } = await zoho.zoho.get(`/__simulator/stats?org=${zgid}`)
    assert.equal(Number(body.modules.Deals.inserts), 2)
    const ledger = await fetch(`${zoho.sim.url}/__simulator/ledger?org=${zgid}`)
    const lines = await ledger.text()
    assert.lengthOf(lines.trim().split('\n'), 2)
    for (const name of ['stats', 'ledger']) {
      const nowhere = await zoho.zoho.get(`/__simulator/${name}?org=7`)
      assert.match(String(nowhere.body.error), /No org "7"/)
    }
  })

  test('users are listed by type and page, and the caller is the current one', async (context) => {
    const { assert } = context
    const zoho = await openConsent(context.cleanup)
    const { access } = await zoho.connect({}, WRITER)
    const names = async (query: string) => {
      const { body } = await zoho.get(`/crm/v8/users${query}`, access)
      return Object.values(body.users ?? {}).map(({ full_name: name }) => String(name))
    }
    assert.deepEqual(await names('?type=CurrentUser'), ['Rosa Writer'])
    assert.deepEqual(await names(''), ['Sim Admin', 'Rosa Writer', 'Idle Former'])
    assert.deepEqual(await names('?type=ActiveUsers'), ['Sim Admin', 'Rosa Writer'])
    assert.deepEqual(await names('?type=DeactiveUsers'), ['Idle Former'])
    assert.deepEqual(await names('?type=AdminUsers'), ['Sim Admin'])
    assert.deepEqual(await names('?page=2&per_page=2'), ['Idle Former'])
    const first = await zoho.get('/crm/v8/users?per_page=2', access)
    assert.isTrue(first.body.info.more_records)
    const { id } = first.body.users[1]
    assert.deepEqual(await names(`?ids=${id}`), ['Rosa Writer'])
    assert.deepEqual(await names(`/${id}`), ['Rosa Writer'])
    assert.equal(await zoho.status('/crm/v8/users?type=DeletedUsers', access), 204)
    assert.equal(await zoho.status('/crm/v8/users?type=Nobody', access), 400)
  })

  test('an owner may be any user of the org, and none of another', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const { body } = await zoho.get('/crm/v8/users')
    const writer = String(body.users[1].id)
    const { rows } = await zoho.deals([deal(1, { Owner: { id: writer } })])
    const [owned] = rows
    assert.equal(owned.code, 'SUCCESS')
    const read = await zoho.get(`/crm/v8/Deals/${owned.details.id}`)
    assert.containSubset(read.rows[0].Owner, { id: writer, name: 'Rosa Writer' })
    const stranger = await zoho.deals([deal(2, { Owner: { id: '5000000000000000101' } })])
    assert.equal(stranger.rows[0].code, 'INVALID_DATA')
  })

  test('who has left can neither call nor refresh', async ({ assert, cleanup }) => {
    const zoho = await openConsent(cleanup)
    const { access, refresh } = await zoho.connect({}, WRITER)
    assert.equal(await zoho.status('/crm/v8/org', access), 200)
    const { people } = zoho.sim.options
    const left = people.map((person) =>
      person.email === WRITER ? { ...person, status: 'inactive' as const } : person
    )
    zoho.sim.reset({ people: left })
    assert.equal(await zoho.status('/crm/v8/org', access), 401)
    assert.deepEqual(await zoho.refresh(refresh), { error: 'invalid_code' })
  })

  test('people are as they are given; nobody at all is refused', async ({ assert, cleanup }) => {
    const people = [
      { name: 'Ann', email: 'ann@example.com', org: 'One' },
      { name: 'Ben', email: 'ben@example.com', org: 'Two' },
      { name: 'Cem', email: 'cem@example.com', org: 'Three' },
    ]
    const zoho = await openConsent(cleanup, { people })
    assert.deepEqual(
      zoho.sim.orgs.map(({ company }) => company),
      ['One', 'Two', 'Three']
    )
    assert.lengthOf(new Set(zoho.sim.orgs.map(({ zgid }) => zgid)), 3)
    for (const odd of [[], [people[0], people[0]], [{ ...people[0], name: '' }]]) {
      assert.throws(() => zoho.sim.reset({ people: odd }), /peopl|person/)
    }
  })
})
