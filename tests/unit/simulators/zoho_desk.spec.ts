import { test } from '@japa/runner'
import type { SimulatorOptions } from '#simulators/zoho/options'
import { openSimulator, range, statusOf, type Answer, type Json } from './open_simulator.js'
import { Receiver } from './receiver.js'

type Cleanup = (close: () => Promise<void>) => void
type Headers = Record<string, string>

/** A client of Desk: the organization is named in a header of each call. */
async function openDesk(cleanup: Cleanup, options: Partial<SimulatorOptions> = {}) {
  const zoho = await openSimulator(cleanup, options)
  const { rows } = await zoho.get('/api/v1/organizations')
  const orgId = String(rows[0].id)
  const send = (method: string, path: string, sent?: unknown, headers: Headers = {}) =>
    zoho.send(method, `/api/v1/${path}`, {
      headers: { orgId, ...headers },
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
    })
  const { rows: departments } = await send('GET', 'departments')
  const departmentId = String(departments[0].id)
  const { body: person } = await send('POST', 'contacts', { lastName: 'Byron' })
  const ticket = { subject: 'No tea', departmentId, contactId: String(person.id) }
  return { zoho, orgId, send, departmentId, ticket }
}

const codeOf = ({ status, body }: Answer) => [status, String(body.errorCode ?? '')]

test.group('Zoho simulator: Desk', () => {
  test('a call names its organization, in a header or in the query', async (context) => {
    const { assert } = context
    const { zoho, orgId } = await openDesk(context.cleanup)
    assert.notEqual(orgId, zoho.sim.zgid)
    const path = '/api/v1/contacts'
    assert.deepEqual(codeOf(await zoho.get(path)), [422, 'INVALID_DATA'])
    assert.deepEqual(codeOf(await zoho.get(path, { orgId: '1' })), [403, 'FORBIDDEN'])
    const by = await zoho.get(`${path}?orgId=${orgId}`)
    assert.deepEqual(codeOf(by), [200, ''])
    assert.equal(by.headers.get('X-Rate-Limit-Request-Weight-v3'), '1')
    const nobody = await zoho.get(path, { orgId, authorization: 'Zoho-oauthtoken x' })
    assert.deepEqual(codeOf(nobody), [401, 'INVALID_OAUTH'])
    await zoho.signInAs('sim.admin@example.com', 'Desk.tickets.READ')
    assert.deepEqual(codeOf(await zoho.get(path, { orgId })), [403, 'SCOPE_MISMATCH'])
  })

  test('tickets are made, changed by PATCH, and moved to the trash', async (context) => {
    const { assert } = context
    const { send, ticket } = await openDesk(context.cleanup)
    const bare = await send('POST', 'tickets', { subject: 'No tea' })
    assert.equal(bare.status, 422)
    const fields = bare.body.errors as unknown as Json[]
    assert.deepEqual(
      fields.map(({ fieldName }) => String(fieldName)),
      ['/departmentId', '/contactId']
    )
    const { body } = await send('POST', 'tickets', { ...ticket, cf: { cf_cup: 'blue' } })
    const path = `tickets/${body.id}`
    const put = await send('PUT', path, { subject: 'Tea' })
    assert.deepEqual(codeOf(put), [405, 'METHOD_NOT_ALLOWED'])
    const changed = await send('PATCH', path, { subject: 'Tea', cf: { cf_pot: 'red' } })
    assert.equal(changed.body.subject, 'Tea')
    assert.deepEqual(changed.body.cf, { cf_cup: 'blue', cf_pot: 'red' } as unknown as Json)
    assert.equal(changed.body.contactId, ticket.contactId)
    const trash = await send('POST', 'tickets/moveToTrash', { ticketIds: [body.id] })
    assert.equal(trash.status, 204)
    assert.deepEqual(codeOf(await send('GET', path)), [404, 'URL_NOT_FOUND'])
    const strange = await send('POST', 'tickets', { ...ticket, contactId: '1' })
    assert.deepEqual(codeOf(strange), [422, 'UNPROCESSABLE_ENTITY'])
  })

  test('lists begin at 1 and are 204 at their end', async (context) => {
    const { assert } = context
    const { zoho, send, ticket, departmentId } = await openDesk(context.cleanup)
    const list = `tickets?departmentId=${departmentId}`
    const empty = await send('GET', list)
    assert.deepEqual([empty.status, empty.body], [204, {}])
    for (const number of range(11)) {
      await send('POST', 'tickets', { ...ticket, subject: `T${number}` })
    }
    const read = async (more: string) => {
      const { rows } = await send('GET', list + more)
      return rows.map(({ subject }) => String(subject)).join()
    }
    assert.equal(
      await read(''),
      range(10)
        .map((number) => `T${number}`)
        .join()
    )
    assert.equal(await read('&from=11'), 'T11')
    assert.equal(await read('&from=2&limit=2'), 'T2,T3')
    const refusals: [string, string][] = [
      ['tickets', 'INVALID_DATA'],
      [`${list}&limit=100`, 'UNPROCESSABLE_ENTITY'],
      [`${list}&from=0`, 'UNPROCESSABLE_ENTITY'],
      [`${list}&page=1`, 'UNPROCESSABLE_ENTITY'],
    ]
    for (const [path, code] of refusals) {
      assert.deepEqual(codeOf(await send('GET', path)), [422, code], path)
    }
    zoho.sim.advance(1_800)
    await send('POST', 'tickets', { ...ticket, subject: 'Late' })
    const [low, high] = [900, 2_700].map((s) => new Date(Date.now() + s * 1_000).toISOString())
    const found = await send('GET', `tickets/search?modifiedTimeRange=${low},${high}&from=0`)
    assert.deepEqual(
      found.rows.map(({ subject }) => String(subject)),
      ['Late']
    )
  })

  test('a webhook is told in a list, but not of its own echo', async (context) => {
    const { assert } = context
    const { send, ticket, orgId } = await openDesk(context.cleanup)
    const receiver = await Receiver.open(context.cleanup)
    const hook = {
      name: 'ours',
      url: receiver.url,
      ignoreSourceId: 'us',
      subscriptions: {
        Ticket_Add: null,
        Ticket_Update: { fields: ['subject'], includePrevState: true },
      },
    }
    const made = await send('POST', 'webhooks', hook)
    assert.equal(made.status, 200)
    await send('POST', 'tickets', { ...ticket, subject: 'Echo' }, { sourceId: 'us' })
    const { body } = await send('POST', 'tickets', ticket)
    const [first] = (await receiver.wait(1)) as unknown as Json[][]
    assert.lengthOf(first, 1)
    assert.containSubset(first[0], { eventType: 'Ticket_Add', orgId, payload: { id: body.id } })
    await send('PATCH', `tickets/${body.id}`, { priority: 'High' })
    await send('PATCH', `tickets/${body.id}`, { subject: 'Tea' })
    const posted = (await receiver.wait(2)) as unknown as Json[][]
    assert.containSubset(posted[1][0], {
      eventType: 'Ticket_Update',
      payload: { subject: 'Tea', priority: 'High' },
      prevState: { subject: 'No tea' },
    })
    const odd = { ...hook, subscriptions: { Ticket_Explode: null } }
    assert.deepEqual(codeOf(await send('POST', 'webhooks', odd)), [422, 'UNPROCESSABLE_ENTITY'])
    const many = { ...hook, subscriptions: { Ticket_Update: { fields: range(6) } } }
    assert.equal(await statusOf(send('POST', 'webhooks', many)), 422)
    const path = `webhooks/${made.body.id}`
    const off = await send('PATCH', path, { isEnabled: false })
    assert.isFalse(off.body.isEnabled)
    assert.equal(await statusOf(send('DELETE', path)), 204)
    assert.equal(await statusOf(send('GET', 'webhooks')), 204)
  })

  test('an address may have to answer before a webhook is made', async (context) => {
    const { assert } = context
    const { send } = await openDesk(context.cleanup, { deskChecksWebhooks: true })
    const receiver = await Receiver.open(context.cleanup)
    const hook = { name: 'ours', url: receiver.url, subscriptions: { Contact_Add: null } }
    receiver.status = 404
    assert.equal(await statusOf(send('POST', 'webhooks', hook)), 422)
    receiver.status = 200
    assert.equal(await statusOf(send('POST', 'webhooks', hook)), 200)
  })

  test('credits and calls at once have their limits', async (context) => {
    const { assert } = context
    const { zoho, send } = await openDesk(context.cleanup, { deskCredits: 4 })
    const last = await send('GET', 'contacts')
    assert.equal(last.headers.get('X-Rate-Limit-Remaining-v3'), '0')
    const refused = await send('GET', 'contacts')
    assert.deepEqual(codeOf(refused), [429, 'THRESHOLD_EXCEEDED'])
    assert.equal(refused.headers.get('Retry-After'), '60')
    assert.equal(zoho.sim.stats().credits.used, 0)
    const { zoho: other, send: ask } = await openDesk(context.cleanup, { deskConcurrency: 1 })
    other.sim.faults([{ match: { path: '/tasks' }, kind: 'latency', ms: 1_500 }])
    const slow = ask('GET', 'tasks')
    let busy = await ask('GET', 'contacts')
    while (busy.status !== 429) busy = await ask('GET', 'contacts')
    const { status } = await slow
    assert.equal(status, 204)
  })
})
