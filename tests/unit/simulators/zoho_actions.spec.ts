import { test } from '@japa/runner'
import { deal, openSimulator, type SimulatorClient } from './open_simulator.js'

const API = '/crm/v8'

async function insert(zoho: SimulatorClient, module: string, rows: object[]) {
  const answer = await zoho.post(`${API}/${module}`, { data: rows })
  return answer.rows.map(({ details }) => String(details.id))
}

async function idsAt(zoho: SimulatorClient, path: string) {
  const { rows } = await zoho.get(path)
  return rows.map(({ id }) => String(id))
}

test.group('Zoho simulator: converted leads', () => {
  test('a lead becomes a contact, an account and a deal, and leaves the list', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const person = { Last_Name: 'Hopper', Email: 'grace@example.com', Company: 'Navy' }
    const [id, other] = await insert(zoho, 'Leads', [person, { Last_Name: 'Other' }])
    const used = zoho.sim.stats().credits.used
    const given = { Deals: { Deal_Name: 'Ship', Stage: 'Qualification' } }
    const { status, rows } = await zoho.post(`${API}/Leads/${id}/actions/convert`, {
      data: [given],
    })
    assert.equal(status, 200)
    assert.equal(zoho.sim.stats().credits.used - used, 5)
    const { details } = rows[0]
    const made = async (module: string) => {
      const answer = await zoho.get(`${API}/${module}/${details[module].id}`)
      return answer.rows[0]
    }
    assert.containSubset(await made('Contacts'), {
      Last_Name: 'Hopper',
      Email: 'grace@example.com',
      Account_Name: { name: 'Navy' },
    })
    assert.containSubset(await made('Deals'), {
      Deal_Name: 'Ship',
      Contact_Name: { id: details.Contacts.id },
      Account_Name: { id: details.Accounts.id },
    })
    const listed = (converted: string) =>
      idsAt(zoho, `${API}/Leads?fields=Last_Name&sort_order=asc${converted}`)
    assert.deepEqual(await listed(''), [other])
    assert.deepEqual(await listed('&converted=true'), [id])
    assert.deepEqual(await listed('&converted=both'), [id, other])
    const search = `${API}/Leads/search?email=grace@example.com`
    assert.deepEqual(await idsAt(zoho, search), [])
    assert.deepEqual(await idsAt(zoho, `${search}&converted=true`), [id])
    const single = await zoho.get(`${API}/Leads/${id}`)
    assert.isTrue(single.rows[0].$converted)
    const again = await zoho.post(`${API}/Leads/${id}/actions/convert`, { data: [{}] })
    assert.deepEqual([again.status, again.body.code], [400, 'ID_ALREADY_CONVERTED'])
  })

  test('a deal that cannot be leaves the lead as it was', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const [id] = await insert(zoho, 'Leads', [{ Last_Name: 'Hopper' }])
    const path = `${API}/Leads/${id}/actions/convert`
    const refused = await zoho.post(path, { data: [{ Deals: { Stage: 'Qualification' } }] })
    assert.deepEqual([refused.status, refused.body.code], [400, 'MANDATORY_NOT_FOUND'])
    assert.deepEqual(await idsAt(zoho, `${API}/Leads?fields=Last_Name`), [id])
    assert.deepEqual(await idsAt(zoho, `${API}/Contacts?fields=Last_Name`), [])
  })
})

test.group('Zoho simulator: tags and notes of records', () => {
  test('tags are added, listed, shown and taken away', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const ids = await insert(zoho, 'Deals', [deal(1), deal(2)])
    const tags = (...names: string[]) => ({ tags: names.map((name) => ({ name })) })
    const shown = async () => {
      const { rows } = await zoho.get(`${API}/Deals?fields=Tag&sort_order=asc`)
      return rows.map(({ Tag: tag }) =>
        (tag as never as { name: string }[]).map(({ name }) => name)
      )
    }
    const first = await zoho.post(`${API}/Deals/actions/add_tags`, { ...tags('hot', 'new'), ids })
    assert.equal(first.status, 200)
    await zoho.post(`${API}/Deals/${ids[0]}/actions/add_tags`, tags('hot', 'big'))
    assert.deepEqual(await shown(), [
      ['hot', 'new', 'big'],
      ['hot', 'new'],
    ])
    await zoho.post(`${API}/Deals/actions/remove_tags`, { ...tags('new'), ids })
    assert.deepEqual(await shown(), [['hot', 'big'], ['hot']])
    await zoho.post(`${API}/Deals/${ids[1]}/actions/add_tags`, {
      ...tags('cold'),
      over_write: true,
    })
    assert.deepEqual(await shown(), [['hot', 'big'], ['cold']])
    const { body } = await zoho.get(`${API}/settings/tags?module=Deals`)
    const listed = body.tags as never as { name: string; id: string }[]
    assert.deepEqual(
      listed.map(({ name }) => name),
      ['big', 'cold', 'hot']
    )
    assert.lengthOf(new Set(listed.map(({ id }) => id)), 3)
    const none = await zoho.post(`${API}/Deals/actions/add_tags`, tags('x'))
    assert.equal(none.body.code, 'REQUIRED_PARAM_MISSING')
    const partly = await zoho.post(`${API}/Deals/actions/add_tags`, {
      ...tags('x'),
      ids: [ids[0], '1'],
    })
    assert.equal(partly.status, 207)
  })

  test('notes are made under their record', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const [id] = await insert(zoho, 'Deals', [deal(1)])
    const notes = `${API}/Deals/${id}/Notes`
    const made = await zoho.post(notes, { data: [{ Note_Title: 'A', Note_Content: 'Text' }] })
    assert.equal(made.status, 201)
    const { rows } = await zoho.get(`${notes}?fields=Note_Title,Parent_Id`)
    assert.containSubset(rows, [{ Note_Title: 'A', Parent_Id: { id } }])
    const missing = await zoho.post(`${API}/Deals/${id.replace(/\d/g, '9')}/Notes`, { data: [{}] })
    assert.equal(missing.status, 400)
  })

  test('a query tells its columns where it is asked to', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    await insert(zoho, 'Deals', [deal(1)])
    const query = 'select Deal_Name, Stage from Deals where id is not null'
    const ask = async (meta?: unknown) => {
      const sent = { select_query: query, include_meta: meta }
      const answer = await zoho.post(`${API}/coql`, sent)
      return answer.body
    }
    const body = await ask(['fields'])
    assert.sameMembers(Object.keys(body.fields), ['Deal_Name', 'Stage'])
    assert.containSubset(body.fields, { Deal_Name: { data_type: 'text', length: 120 } })
    assert.notProperty(await ask(), 'fields')
    for (const wrong of ['fields', ['views']]) {
      const { code } = await ask(wrong)
      assert.equal(code, 'INVALID_QUERY')
    }
  })
})
