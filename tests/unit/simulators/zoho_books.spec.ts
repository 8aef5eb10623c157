import { test } from '@japa/runner'
import type { SimulatorOptions } from '#simulators/zoho/options'
import { openSimulator, range, type Answer, type Json } from './open_simulator.js'

type Cleanup = (close: () => Promise<void>) => void

/** A client of Books: the organization is named in each call. */
async function openBooks(cleanup: Cleanup, options: Partial<SimulatorOptions> = {}) {
  const zoho = await openSimulator(cleanup, options)
  const { body } = await zoho.get('/books/v3/organizations')
  const [organization] = body.organizations as unknown as Json[]
  const id = String(organization.organization_id)
  const to = (path: string) =>
    `/books/v3/${path}${path.includes('?') ? '&' : '?'}organization_id=${id}`
  const send = (method: string, path: string, sent?: unknown, headers = {}) =>
    zoho.send(method, to(path), {
      headers,
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
    })
  const contact = async (name: string) => {
    const made = await send('POST', 'contacts', { contact_name: name })
    return String(made.body.contact.contact_id)
  }
  return { zoho, id, to, send, contact }
}

const codeOf = ({ status, body }: Answer) => [status, Number(body.code)]

test.group('Zoho simulator: Books', () => {
  test('each answer has its code, whatever its status', async (context) => {
    const { assert } = context
    const { zoho, id, to, send, contact } = await openBooks(context.cleanup)
    assert.notEqual(id, zoho.sim.zgid)
    const made = await send('POST', 'contacts', { contact_name: 'Byron' })
    assert.deepEqual(codeOf(made), [201, 0])
    assert.equal(made.body.message, 'The contact has been created.')
    const key = String(made.body.contact.contact_id)
    assert.deepEqual(codeOf(await send('GET', `contacts/${key}`)), [200, 0])
    assert.deepEqual(codeOf(await send('GET', 'contacts/1')), [404, 1002])
    assert.deepEqual(codeOf(await send('POST', 'contacts', {})), [400, 4])
    assert.deepEqual(codeOf(await send('GET', 'nothing')), [404, 5])
    assert.deepEqual(codeOf(await send('PATCH', `contacts/${key}`, {})), [405, 5])
    assert.deepEqual(codeOf(await zoho.get('/books/v3/contacts')), [400, 6041])
    const byHeader = { 'x-com-zoho-books-organizationid': id }
    assert.deepEqual(codeOf(await zoho.get('/books/v4/contacts', byHeader)), [200, 0])
    const nobody = await zoho.get(to('contacts'), { authorization: 'Bearer x' })
    assert.deepEqual(codeOf(nobody), [401, 14])
    const form = new URLSearchParams({ JSONString: '{"contact_name":"Lovelace"}' })
    assert.deepEqual(codeOf(await zoho.send('POST', to('contacts'), { body: form })), [201, 0])
    const gone = await contact('Gone')
    assert.deepEqual(codeOf(await send('DELETE', `contacts/${gone}`)), [200, 0])
    assert.deepEqual(codeOf(await send('DELETE', `contacts/${gone}`)), [404, 1002])
    assert.deepEqual(codeOf(await send('POST', `contacts/${key}/inactive`)), [200, 0])
  })

  test('a list tells whether it has more pages', async (context) => {
    const { assert } = context
    const { send, contact } = await openBooks(context.cleanup)
    for (const number of range(3)) await contact(`Contact ${number}`)
    const read = async (query: string) => {
      const { body } = await send('GET', `contacts?${query}`)
      const { page_context: page, contacts = [] } = body as Json & { contacts: unknown }
      const names = (contacts as unknown as Json[]).map(({ contact_name: name }) => String(name))
      return { names, isMore: page?.has_more_page as unknown, code: Number(body.code) }
    }
    const first = await read('per_page=2&sort_column=contact_name')
    assert.deepEqual(first, { names: ['Contact 1', 'Contact 2'], isMore: true, code: 0 })
    const last = await read('per_page=2&sort_column=contact_name&page=2')
    assert.deepEqual(last, { names: ['Contact 3'], isMore: false, code: 0 })
    const back = await read('sort_column=contact_name&sort_order=D')
    assert.deepEqual(back.names, ['Contact 3', 'Contact 2', 'Contact 1'])
    const some = await read('contact_name_contains=act%203')
    assert.deepEqual(some.names, ['Contact 3'])
    const large = await read('per_page=201')
    assert.equal(large.code, 4)
  })

  test('a unique field finds what an upsert changes, or makes', async (context) => {
    const { assert } = context
    const { send } = await openBooks(context.cleanup)
    const by = { 'X-Unique-Identifier-Key': 'cf_ref', 'X-Unique-Identifier-Value': 'A-1' }
    const put = (name: string, more = {}) =>
      send('PUT', 'contacts', { contact_name: name }, { ...by, ...more })
    assert.deepEqual(codeOf(await put('Byron')), [404, 1002])
    const made = await put('Byron', { 'X-Upsert': 'true' })
    assert.deepEqual(codeOf(made), [201, 0])
    assert.equal(made.body.contact.custom_field_hash.cf_ref, 'A-1')
    const changed = await put('Lovelace', { 'X-Upsert': 'true' })
    assert.deepEqual(codeOf(changed), [200, 0])
    assert.equal(changed.body.contact.contact_id, made.body.contact.contact_id)
    assert.equal(changed.body.contact.contact_name, 'Lovelace')
    assert.deepEqual(codeOf(await send('PUT', 'contacts', {})), [400, 4])
  })

  test('lines of a document are sent whole, for a contact that there is', async (context) => {
    const { assert } = context
    const { send, contact } = await openBooks(context.cleanup)
    const customer = await contact('Byron')
    const line = (rate: number, more = {}) => ({ item_id: '1', rate, quantity: 1, ...more })
    const invoice = { customer_id: customer, line_items: [line(1), line(2)] }
    const strange = await send('POST', 'invoices', { ...invoice, customer_id: '9' })
    assert.deepEqual(codeOf(strange), [400, 4])
    const { body } = await send('POST', 'invoices', invoice)
    const linesOf = (document: Json) => document.line_items as unknown as Json[]
    const [first] = linesOf(body.invoice)
    const path = `invoices/${body.invoice.invoice_id}`
    const kept = { line_item_id: first.line_item_id, rate: 5 }
    const changed = await send('PUT', path, { line_items: [kept, line(3)] })
    const rates = linesOf(changed.body.invoice).map(({ rate }) => Number(rate))
    assert.deepEqual(rates, [5, 3])
    assert.equal(linesOf(changed.body.invoice)[0].item_id, '1')
    assert.equal(changed.body.invoice.customer_id, customer)
    const unknown = await send('PUT', path, { line_items: [{ line_item_id: '9' }] })
    assert.deepEqual(codeOf(unknown), [400, 4])
    await send('POST', `${path}/status/sent`)
    const shown = await send('GET', path)
    assert.equal(shown.body.invoice.status, 'sent')
  })

  test('too many calls of a minute, of a day and at once', async (context) => {
    const { assert } = context
    const { zoho, send } = await openBooks(context.cleanup, { booksPerMinute: 2, booksPerDay: 3 })
    assert.deepEqual(codeOf(await send('GET', 'contacts')), [200, 0])
    assert.deepEqual(codeOf(await send('GET', 'contacts')), [429, 44])
    zoho.sim.advance(61)
    assert.deepEqual(codeOf(await send('GET', 'contacts')), [200, 0])
    assert.deepEqual(codeOf(await send('GET', 'contacts')), [429, 45])
    const { zoho: other, send: ask } = await openBooks(context.cleanup, {
      booksConcurrency: 1,
      booksPerMinute: 100_000,
    })
    other.sim.faults([{ match: { path: '/items' }, kind: 'latency', ms: 1_500 }])
    const slow = ask('GET', 'items')
    let refused = await ask('GET', 'contacts')
    while (refused.status !== 429) refused = await ask('GET', 'contacts')
    assert.deepEqual(codeOf(refused), [429, 1070])
    assert.deepEqual(codeOf(await slow), [200, 0])
  })

  test('each kind has its scope; items are settings', async (context) => {
    const { assert } = context
    const { zoho, to } = await openBooks(context.cleanup)
    await zoho.signInAs('sim.admin@example.com', 'ZohoBooks.contacts.READ,ZohoBooks.settings.ALL')
    assert.deepEqual(codeOf(await zoho.get(to('contacts'))), [200, 0])
    assert.deepEqual(codeOf(await zoho.get(to('items'))), [200, 0])
    assert.deepEqual(codeOf(await zoho.get(to('invoices'))), [401, 57])
    assert.deepEqual(codeOf(await zoho.send('POST', to('contacts'), { body: '{}' })), [401, 57])
  })
})
