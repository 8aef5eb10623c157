import { Readable } from 'node:stream'
import { test } from '@japa/runner'
import { ConnectorError, type ActionInputs, type Context, type Value } from '#sdk'
import { completeInputs } from '#workers/complete_inputs'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { type Canned, cannedContext } from './canned_context.js'
import { openOrg } from './open_org.js'

function actionOf(name: string) {
  const action = connector.actions?.find((each) => each.name === name)
  if (!action) throw new Error(`There is no action ${name}`)
  return action
}

/** As the server runs it: inputs read and judged first. */
async function act(ctx: Context, name: string, given: ActionInputs) {
  const { inputs, problems } = judged(name, given)
  if (Object.keys(problems).length > 0) throw new Error(JSON.stringify(problems))
  return actionOf(name).run(ctx, inputs)
}

function judged(name: string, given: ActionInputs) {
  const action = actionOf(name)
  const { inputs, problems } = completeInputs(action.inputs, given)
  const isSound = Object.keys(problems).length === 0
  return { inputs, problems: isSound ? (action.problems?.(inputs) ?? {}) : problems }
}

const caught = async (work: Promise<unknown>) => work.catch((error: unknown) => error)
const rows = (data: unknown[]): Canned => ({ status: 200, body: { data } })
const deal = (name: string) => ({ Deal_Name: name, Stage: 'Qualification' })

test.group('zoho_crm actions on the simulator', () => {
  test('create, get, list, update, upsert, query, search and remove', async ({
    assert,
    cleanup,
  }) => {
    const { ctx } = await openOrg(cleanup)
    const made = await act(ctx, 'create_records', { module: 'Deals', records: deal('First') })
    const [{ id }] = made as Array<{ id: string }>
    const got = await act(ctx, 'get_record', { module: 'Deals', record_id: id })
    assert.containSubset(got, { Deal_Name: 'First', id })
    await act(ctx, 'update_records', { module: 'Deals', records: { id, Deal_Name: 'Second' } })
    const more = await act(ctx, 'upsert_records', {
      module: 'Deals',
      records: JSON.stringify([{ ...deal('Third'), Order_Ref: 'T-3' }]),
      match: 'Order_Ref',
    })
    assert.containSubset(more, [{ state: 'created' }])
    const listed = await act(ctx, 'list_records', { module: 'Deals', fields: 'Deal_Name' })
    assert.lengthOf(Reflect.get(Object(listed), 'data'), 2)
    const query = "select Deal_Name from Deals where Deal_Name = 'Second'"
    assert.containSubset(await act(ctx, 'query', { query }), { data: [{ id }] })
    const term = '(Deal_Name:equals:Thi)'
    const found = await act(ctx, 'search_records', { module: 'Deals', term })
    assert.containSubset(found, { data: [{ Deal_Name: 'Third' }] })
    const removed = await act(ctx, 'delete_records', { module: 'Deals', ids: `${id}, 12` })
    assert.containSubset(removed, [
      { state: 'deleted', id },
      { state: 'rejected', id: '12' },
    ])
    const deleted = await act(ctx, 'list_deleted', { module: 'Deals' })
    assert.containSubset(deleted, { data: [{ id }] })
    assert.isNull(
      await act(ctx, 'get_record', { module: 'Deals', record_id: '1' }).catch(() => null)
    )
  })

  test('a note, a link and a file are found under their record', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const made = await act(ctx, 'create_records', { module: 'Deals', records: deal('First') })
    const [{ id }] = made as Array<{ id: string }>
    const record = { module: 'Deals', record_id: id }
    await act(ctx, 'add_note', { ...record, title: 'Call', content: 'Called' })
    const openFile = async () => Readable.from([Buffer.from('%PDF')])
    await act({ ...ctx, openFile }, 'add_attachment', { ...record, file: 'offer.pdf' })
    await act(ctx, 'add_attachment', { ...record, url: 'https://example.com/a.pdf', title: 'A' })
    const attached = await act(ctx, 'list_attachments', record)
    assert.containSubset(attached, { data: [{ File_Name: 'offer.pdf' }] })
    assert.lengthOf(Reflect.get(Object(attached), 'data'), 2)
    const notes = await act(ctx, 'list_related', {
      ...record,
      related_list: 'Notes',
      fields: 'Note_Title, Note_Content',
    })
    assert.containSubset(notes, { data: [{ Note_Title: 'Call', Note_Content: 'Called' }] })
  })

  test('a write that got nothing in is an error with a sentence', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const records = [{ Deal_Name: 'No stage' }]
    const error = await caught(act(ctx, 'create_records', { module: 'Deals', records }))
    assert.instanceOf(error, ConnectorError)
    assert.match(String(error), /Stage is mandatory/)
  })
})

test.group('zoho_crm actions call by call', () => {
  test('a note and a link go where they belong', async ({ assert }) => {
    const { ctx, calls } = cannedContext(() =>
      rows([{ code: 'SUCCESS', status: 'success', details: { id: '9' }, message: 'ok' }])
    )
    const record = { module: 'Leads', record_id: '77' }
    assert.deepEqual(await act(ctx, 'add_note', { ...record, content: 'Called' }), { id: '9' })
    assert.deepEqual(JSON.parse(String(calls[0].body)), {
      data: [{ Note_Content: 'Called', Parent_Id: { id: '77', module: { api_name: 'Leads' } } }],
    })
    await act(ctx, 'add_attachment', { ...record, url: 'https://example.com/a.pdf', title: 'A' })
    assert.match(calls[1].url, /\/crm\/v8\/Leads\/77\/Attachments$/)
    assert.include(String(calls[1].body), 'name="attachmentUrl"\r\n\r\nhttps://example.com/a.pdf')
  })

  test('a file is sent whole, and none above 20 MB', async ({ assert }) => {
    const { ctx, calls } = cannedContext(() =>
      rows([{ code: 'SUCCESS', status: 'success', details: { id: '9' }, message: 'ok' }])
    )
    const megabyte = Buffer.alloc(1024 * 1024, 'x')
    const files: { [name: string]: number } = { 'a"b.bin': 20, 'big.bin': 21, 'empty.bin': 0 }
    const openFile = async (name: string) => Readable.from(Array(files[name]).fill(megabyte))
    const withFiles = { ...ctx, openFile }
    const send = (file: string) =>
      act(withFiles, 'add_attachment', { module: 'Leads', record_id: '77', file })
    await send('a"b.bin')
    const body = Buffer.from(calls[0].body ?? '')
    assert.isAbove(body.length, 20 * 1024 * 1024)
    assert.include(body.subarray(0, 300).toString(), 'filename="a_b.bin"')
    assert.match(String(await caught(send('big.bin'))), /larger than Zoho takes/)
    assert.match(String(await caught(send('empty.bin'))), /is empty/)
    assert.lengthOf(calls, 1)
  })

  test('a raw request is tried again as told, and its log tells no secret', async ({ assert }) => {
    let left = 2
    const { ctx, calls } = cannedContext((request) => ({
      status: left-- > 0 ? 503 : 200,
      body: { access_token: '1000.abcdef12.34', ok: true, sent: JSON.parse(String(request.body)) },
      headers: { 'set-cookie': 'session=abc', 'x-request-id': 'r1' },
    }))
    const given = {
      method: 'POST',
      path: '/coql',
      body: { select_query: 'x limit 2000', password: 'hunter2' },
      headers: { 'X-Note': 'Bearer abc.def' },
      query: { apikey: 'k-1' },
      tries: 3,
      wait: 0,
      debug: true,
    }
    const answer = await act(ctx, 'raw_request', given)
    assert.deepEqual(
      calls.map(({ credits }) => credits),
      [3, 3, 3]
    )
    assert.equal(Reflect.get(Object(answer), 'status'), 200)
    assert.lengthOf(Reflect.get(Object(answer), 'log'), 3)
    const text = JSON.stringify(answer)
    for (const secret of ['hunter2', 'session=abc', '1000.abcdef12', 'abc.def', 'k-1']) {
      assert.notInclude(text, secret)
    }
    assert.include(text, '"x-request-id":"r1"')
  })

  test('what was not answered is not written again unasked', async ({ assert }) => {
    const { ctx } = cannedContext(() => ({ status: 200 }))
    let calls = 0
    const request = async () => {
      calls += 1
      throw new ConnectorError('transient', 'No answer', { delivered: 'unknown' })
    }
    const dead = { ...ctx, http: { request } }
    const ask = (method: string) =>
      caught(act(dead, 'raw_request', { method, path: '/Leads', tries: 3, wait: 0 }))
    assert.match(String(await ask('POST')), /may have been done/)
    assert.equal(calls, 1)
    await ask('GET')
    assert.equal(calls, 4)
  })
})

test.group('zoho_crm actions refuse before they call', () => {
  test('{name} with a wrong {input}: {says}')
    .with([
      { name: 'get_record', input: 'record_id', value: '../users', says: 'digits only' },
      { name: 'get_record', input: 'module', value: 'Leads/1', says: 'no API name' },
      { name: 'create_records', input: 'records', value: '[1]', says: 'not an object' },
      { name: 'create_records', input: 'records', value: '{', says: 'not JSON' },
      { name: 'create_records', input: 'records', value: Array(101).fill({ a: 1 }), says: '101' },
      { name: 'update_records', input: 'records', value: { Name: 'a' }, says: 'no "id"' },
      { name: 'upsert_records', input: 'module', value: 'Tasks', says: 'cannot upsert' },
      { name: 'delete_records', input: 'ids', value: '1, x', says: '"x" is no record id' },
      { name: 'list_records', input: 'fields', value: 'a,'.repeat(51), says: '50 fields' },
      { name: 'list_records', input: 'page', value: 11, says: 'page token' },
      { name: 'list_records', input: 'per_page', value: '201', says: '1 to 200' },
      { name: 'list_deleted', input: 'since', value: 'yesterday', says: 'with its offset' },
      { name: 'search_records', input: 'term', value: 'Lovelace', says: 'Criteria look like' },
      { name: 'query', input: 'query', value: 'select id from Leads', says: 'where clause' },
      { name: 'add_attachment', input: 'url', value: 'file:///etc/passwd', says: 'https://' },
      { name: 'add_attachment', input: 'file', value: '', says: 'a file or a link' },
      { name: 'raw_request', input: 'path', value: '//evil.example/x', says: 'only the API' },
      { name: 'raw_request', input: 'path', value: 'https://evil.example', says: 'only the API' },
      { name: 'raw_request', input: 'path', value: '/a/%2e%2e/b', says: 'upwards' },
      { name: 'raw_request', input: 'path', value: '/a/..\\b', says: 'backslashes' },
      { name: 'raw_request', input: 'headers', value: { Authorization: 'x' }, says: 'set by the' },
      { name: 'raw_request', input: 'headers', value: { 'X-A': 'a\r\nb: c' }, says: 'one line' },
      { name: 'raw_request', input: 'tries', value: 6, says: '1 and 5' },
      { name: 'raw_request', input: 'body', value: { a: 1 }, says: 'GET has no body' },
      { name: 'raw_request', input: 'method', value: 'TRACE', says: 'Choose one of' },
      { name: 'raw_request', input: 'nonsense', value: '1', says: 'takes no "nonsense"' },
    ])
    .run(({ assert }, { name, input, value, says }) => {
      const sound: ActionInputs = {
        module: 'Leads',
        record_id: '1',
        path: '/Leads',
        fields: 'id',
        records: [{ id: '1' }],
      }
      const taken = actionOf(name).inputs.map((each) => each.name)
      const given = Object.fromEntries(Object.entries(sound).filter(([key]) => taken.includes(key)))
      const all: ActionInputs = { ...given, [input]: value as Value }
      assert.include(judged(name, all).problems[input], says)
    })
})
