import { test } from '@japa/runner'
import type { Context, HttpRequest, RecordValues, StreamDescription } from '#sdk'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { loadFile } from '../../../../plugins/connectors/zoho_crm/files/load_file.js'
import { describeStream } from '../../../../plugins/connectors/zoho_crm/describe/describe_stream.js'
import { type Canned, cannedContext } from './canned_context.js'
import { openOrg } from './open_org.js'
import { readAsPlanned } from './planned_read.js'
import { asked, newDeals, otherUser, readWhole, routeOf } from './read_kit.js'
import { fileOf, titlesIn, upload, withNotes } from './related_kit.js'

/** A context whose warnings are kept. */
function overheard(ctx: Context) {
  const warnings: RecordValues[] = []
  const warn = (_: string, fields: RecordValues = {}) => void warnings.push(fields)
  return { warnings, ctx: { ...ctx, log: { info() {}, warn } } }
}

const ofParents = (values: string[]) => ({
  field: 'Parent_Record_Id',
  op: 'in' as const,
  values,
})

/** Three deals, each with a row of 120 fields below it. */
function wideOrg({ url: address, body }: HttpRequest): Canned {
  const url = new URL(address)
  if (url.pathname.endsWith('/coql')) {
    const query = String(Object(JSON.parse(String(body))).select_query)
    const data = query.includes('COUNT')
      ? [{ 'COUNT(id)': 3 }]
      : ['1', '2', '3'].map((id) => ({ id }))
    return { status: 200, body: { data, info: { more_records: false } } }
  }
  const names = url.searchParams.get('fields')?.split(',') ?? []
  const row = Object.fromEntries(names.map((name) => [name, name]))
  return { status: 200, body: { data: [{ ...row, id: '9' }], info: { more_records: false } } }
}

const names = Array.from({ length: 120 }, (_, at) => `F${at}`)
const wide: StreamDescription = {
  name: 'Deals.Wides',
  title: 'Deals: wides',
  within: ['Deals', 'Wides'],
  key: ['Parent_Record_Id', 'id'],
  fields: ['Parent_Record_Id', 'id', ...names].map((name) => ({ name, type: 'text' })),
  readable: true,
  writable: false,
  cursors: [],
  pushdown: [],
}

test.group('zoho_crm related lists in trouble', () => {
  test('a file that Zoho refuses is told, and the others come', async ({ assert, cleanup }) => {
    const org = await openOrg(cleanup)
    const other = await otherUser(org.sim)
    const [deal] = await other.insert(newDeals(1))
    for (const name of ['a.txt', 'b.txt', 'c.txt']) await upload(org.sim, deal, fileOf(name, name))
    const { ctx, warnings } = overheard(org.ctx)
    const stream = await describeStream(ctx, 'Deals.Attachments')
    const body = { code: 'NO_PERMISSION', message: 'no', details: {}, status: 'error' }
    const match = { path: '/Attachments\\/\\d+$/', nth: 2 }
    org.sim.faults([{ kind: 'status', status: 403, body, match }])
    const { records } = await readWhole(ctx, stream, 'related', asked({ fields: ['File'] }))
    assert.deepEqual(
      records.map(({ File: file }) => Object.keys(Object(file))),
      [
        ['name', 'base64'],
        ['name', 'size'],
        ['name', 'base64'],
      ]
    )
    assert.containSubset(warnings, [{ id: records[1].id, name: 'b.txt' }])
    const fault = await loadFile(ctx, Object(records[1].File)).catch((error: unknown) => error)
    assert.match(String(fault), /content of b\.txt was not read/)
  })

  test('what refuses every file ends the read', async ({ assert, cleanup }) => {
    const org = await openOrg(cleanup)
    const other = await otherUser(org.sim)
    const [deal] = await other.insert(newDeals(1))
    await upload(org.sim, deal, fileOf('a.txt', 'a'))
    const stream = await describeStream(org.ctx, 'Deals.Attachments')
    const match = { path: '/Attachments\\/\\d+$/' }
    const refusals = [
      { status: 500, body: {}, kind: 'transient' },
      { status: 429, body: { code: 'TOO_MANY_REQUESTS', message: '' }, kind: 'rate_limited' },
      { status: 401, body: { code: 'OAUTH_SCOPE_MISMATCH', message: '' }, kind: 'auth' },
      { status: 400, body: { none: 'of Zoho' }, kind: 'config' },
    ]
    for (const { status, body, kind } of refusals) {
      org.sim.faults([{ kind: 'status', status, body, match }])
      const read = readWhole(org.ctx, stream, 'related', asked({ fields: ['File'] }))
      assert.containSubset(await read.catch((error: unknown) => error), { kind })
    }
  })

  test('a record that goes before its files come has none', async ({ assert, cleanup }) => {
    const org = await openOrg(cleanup)
    const other = await otherUser(org.sim)
    const deals = await other.insert(newDeals(2))
    for (const deal of deals) {
      for (const name of ['a.txt', 'b.txt']) await upload(org.sim, deal, fileOf(name, deal))
    }
    const stream = await describeStream(org.ctx, 'Deals.Attachments')
    const route = routeOf(org.ctx, stream, 'related')
    const files: unknown[] = []
    const query = asked({ fields: ['File'], pageSize: 1 })
    for await (const { records } of route.read(org.ctx, stream, query)) {
      if (files.length === 0) await other.remove([deals[0]])
      files.push(...records.map(({ File: file }) => Object(file).name ?? null))
    }
    assert.deepEqual(files, ['a.txt', null, 'a.txt', 'b.txt'])
  })

  test('a record that goes before its files are listed is left out', async ({
    assert,
    cleanup,
  }) => {
    const org = await openOrg(cleanup)
    const other = await otherUser(org.sim)
    const deals = await other.insert(newDeals(3))
    await upload(org.sim, deals[2], fileOf('a.txt', 'a'))
    const stream = await describeStream(org.ctx, 'Deals')
    const removing: HttpRequest[] = []
    const request = async (call: HttpRequest) => {
      const isFirst = removing.length === 0 && call.url.includes(`${deals[1]}/Attachments`)
      if (isFirst && removing.push(call) > 0) await other.remove([deals[1]])
      return org.ctx.http.request(call)
    }
    const ctx = { ...org.ctx, http: { request } }
    const { records } = await readWhole(ctx, stream, 'coql', asked({ fields: ['Attachments'] }))
    assert.lengthOf(removing, 1)
    assert.sameMembers(
      records.map(({ id }) => id),
      [deals[0], deals[2]]
    )
    const files = records.map(({ Attachments: list }) => Object(list).length)
    assert.sameMembers(files, [0, 1])
  })

  test('a view holds where a filter names the records above', async ({ assert, cleanup }) => {
    const org = await openOrg(cleanup)
    const { other, deals } = await withNotes(org, 13)
    await other.update([deals[3], deals[9]].map((id) => ({ id, Stage: 'Closed Won' })))
    const stream = await describeStream(org.ctx, 'Deals.Notes')
    const view = stream.views?.find(({ title }) => /won/i.test(title))?.id
    assert.isDefined(view)
    const filter = ofParents([deals[3], deals[6]])
    const before = org.sim.stats().credits.used
    const query = asked({ fields: ['Note_Title'], view, filter })
    const { records, planned } = await readAsPlanned(org.ctx, stream, query, null)
    assert.deepEqual(titlesIn(records), ['3.0', '3.1', '3.2'])
    assert.equal(planned, 1 + 1 + 1)
    assert.equal(org.sim.stats().credits.used - before, planned)
    const nobody = await readAsPlanned(org.ctx, stream, { ...query, filter: ofParents([]) }, null)
    assert.isEmpty(nobody.records)
    assert.equal(org.sim.stats().credits.used - before, planned)
  })

  test('what a filter names by ids is not asked for', async ({ assert, cleanup }) => {
    const org = await openOrg(cleanup)
    const { deals } = await withNotes(org, 7)
    const before = () => org.sim.stats().credits.used
    const ids = { field: 'id', op: 'in' as const, values: deals.slice(0, 3) }
    for (const [name, filter] of Object.entries({
      'Deals': ids,
      'Deals.Notes': ofParents(ids.values),
    })) {
      const stream = await describeStream(org.ctx, name)
      const start = before()
      const { planned } = await readAsPlanned(
        org.ctx,
        stream,
        asked({ fields: ['Owner'], filter }),
        null
      )
      assert.equal(before() - start, planned, name)
    }
  })

  test('each portion of fields is paid for each record above', async ({ assert }) => {
    const { ctx, calls } = cannedContext(wideOrg)
    const { records, planned } = await readAsPlanned(ctx, wide, asked({ fields: names }), null)
    assert.lengthOf(records, 3)
    assert.equal(records[0].F119, 'F119')
    assert.equal(planned, 1 + 1 + 3 * 3)
    assert.equal(
      calls.reduce((sum, { credits = 0 }) => sum + credits, 0),
      planned
    )
    const files = connector.discover?.readRoutes?.(ctx, wide)[0]
    assert.equal(files?.cost(3, asked({ fields: ['F1', 'File'] })), 1 + 3 * 2)
  })
})
