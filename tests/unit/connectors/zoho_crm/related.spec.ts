import { test } from '@japa/runner'
import type { Context, ReadQuery, RecordValues } from '#sdk'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { describeStream } from '../../../../plugins/connectors/zoho_crm/describe/describe_stream.js'
import { MOST_BYTES } from '../../../../plugins/connectors/zoho_crm/files/load_file.js'
import { openOrg } from './open_org.js'
import { readAsPlanned } from './planned_read.js'
import { asked, newDeals, otherUser, readWhole } from './read_kit.js'
import { fileOf, titlesIn, upload, withNotes } from './related_kit.js'

const read = async (ctx: Context, name: string, changes: Partial<ReadQuery>) =>
  readWhole(ctx, await describeStream(ctx, name), 'related', asked(changes))

test.group('zoho_crm related lists', () => {
  test('notes and attachments of each module are streams', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const streams = (await connector.discover?.list(ctx)) ?? []
    const found = (name: string) => streams.find((each) => each.name === name)
    assert.deepEqual(found('Deals.Notes'), {
      name: 'Deals.Notes',
      title: 'Deals: notes',
      within: ['Deals', 'Notes'],
    })
    assert.containSubset(found('Shop_Visits.Attachments'), {
      within: ['Shop_Visits', 'Attachments'],
    })
    assert.isUndefined(found('Notes.Notes'))
    assert.isUndefined(found('Visit_Items.Notes'))
  })

  test('every list that Zoho shows can be named', async ({ assert, cleanup }) => {
    const org = await openOrg(cleanup)
    const other = await otherUser(org.sim)
    const [account] = await other.insert([{ Account_Name: 'Gaslight' }], 'Accounts')
    const people = ['Ada', 'Bea'].map((name) => ({
      Last_Name: name,
      Account_Name: { id: account },
    }))
    await other.insert(people, 'Contacts')
    const stream = await describeStream(org.ctx, 'Accounts.Contacts')
    assert.containSubset(stream, {
      title: 'Accounts: contacts',
      key: ['Parent_Record_Id', 'id'],
      writable: false,
      cursors: [],
    })
    const { records } = await read(org.ctx, 'Accounts.Contacts', { fields: ['Last_Name', 'Owner'] })
    assert.deepEqual(
      records.map((record) => [record.Parent_Record_Id, record.Last_Name]),
      [
        [account, 'Ada'],
        [account, 'Bea'],
      ]
    )
    const error = await describeStream(org.ctx, 'Deals.notes').catch((thrown: unknown) => thrown)
    assert.containSubset(error, { kind: 'config' })
    assert.match(String(error), /Did you mean "Deals\.Notes"\?/)
    const unknown = await describeStream(org.ctx, 'Deals.Nothing').catch((each: unknown) => each)
    assert.match(String(unknown), /no related list "Nothing".*It has: Notes, Attachments/)
  })

  test('a read costs what was planned, and goes on from any place', async ({ assert, cleanup }) => {
    const org = await openOrg(cleanup)
    const { titles } = await withNotes(org, 25)
    const stream = await describeStream(org.ctx, 'Deals.Notes')
    const before = org.sim.stats().credits.used
    const query = asked({ fields: ['Note_Title', 'Note_Content'], pageSize: 7 })
    const whole = await readAsPlanned(org.ctx, stream, query, 9999)
    assert.equal(whole.route, 'related')
    assert.deepEqual(titlesIn(whole.records), titles)
    assert.equal(org.sim.stats().credits.used - before, whole.planned)
    assert.equal(whole.planned, 1 + 1 + 25)

    const [route] = connector.discover?.readRoutes?.(org.ctx, stream) ?? []
    let passed = 0
    for await (const { records, cursor } of route.read(org.ctx, stream, query)) {
      passed += records.length
      const on = { ...query, cursor, pageSize: 4 }
      const rest = await readWhole(org.ctx, stream, 'related', on)
      assert.deepEqual(titlesIn(rest.records), titles.slice(passed))
    }
    assert.equal(passed, titles.length)
  })

  test('a filter by the record above asks for nothing else', async ({ assert, cleanup }) => {
    const org = await openOrg(cleanup)
    const { deals } = await withNotes(org, 13)
    const stream = await describeStream(org.ctx, 'Deals.Notes')
    const before = org.sim.stats().credits.used
    const [key, other] = [deals[3], deals[6]].map((id) => ({
      field: 'Parent_Record_Id',
      op: '=' as const,
      value: id,
    }))
    const filter = { any: [{ all: [key, { ...key, field: 'Note_Title', value: '3.1' }] }, other] }
    const fields = ['Note_Title']
    const { records } = await readWhole(org.ctx, stream, 'related', asked({ fields, filter }))
    assert.deepEqual(titlesIn(records), ['3.1', '6.0', '6.1', '6.2', '6.3', '6.4', '6.5'])
    assert.equal(org.sim.stats().credits.used - before, 2)
  })

  test('a view of the module above narrows the records above', async ({ assert, cleanup }) => {
    const org = await openOrg(cleanup)
    const { other, deals } = await withNotes(org, 7)
    await other.update([{ id: deals[6], Stage: 'Closed Won' }])
    const { views = [] } = await describeStream(org.ctx, 'Deals.Notes')
    const view = views.find(({ title }) => /won/i.test(title))?.id
    assert.isDefined(view)
    const { records } = await read(org.ctx, 'Deals.Notes', { fields: ['Note_Title'], view })
    assert.lengthOf(records, 6)
  })

  test('of more than 200 below one record none is lost', async ({ assert, cleanup }) => {
    const org = await openOrg(cleanup)
    const other = await otherUser(org.sim)
    const [id] = await other.insert(newDeals(1))
    const note = (at: number) => ({
      Note_Title: String(at),
      Note_Content: 'x',
      Parent_Id: { id, module: { api_name: 'Deals' } },
    })
    await other.insert(
      Array.from({ length: 431 }, (_, at) => note(at)),
      'Notes'
    )
    const { records } = await read(org.ctx, 'Deals.Notes', { fields: ['Note_Title'] })
    assert.equal(new Set(titlesIn(records)).size, 431)
  })

  test('a record above that goes meanwhile takes its own along', async ({ assert, cleanup }) => {
    const org = await openOrg(cleanup)
    const { other, deals } = await withNotes(org, 40)
    const stream = await describeStream(org.ctx, 'Deals.Notes')
    const seen: RecordValues[] = []
    const route = connector.discover?.readRoutes?.(org.ctx, stream)[0]
    for await (const page of route?.read(org.ctx, stream, asked({ pageSize: 5 })) ?? []) {
      if (seen.length === 0) await other.remove([deals[30]])
      seen.push(...page.records)
    }
    const parents = new Set(seen.map((record) => record.Parent_Record_Id))
    assert.isFalse(parents.has(deals[30]))
    assert.isTrue(parents.has(deals[33]))
  })

  test('files come with their bytes where these are asked for', async ({ assert, cleanup }) => {
    const org = await openOrg(cleanup)
    const other = await otherUser(org.sim)
    const [deal] = await other.insert(newDeals(1))
    await upload(org.sim, deal, fileOf('offer.txt', 'Dear Ada'))
    await upload(org.sim, deal, fileOf('large.bin', new Uint8Array(MOST_BYTES)))
    const link = new FormData()
    link.append('attachmentUrl', 'https://files.example/plan.pdf')
    await upload(org.sim, deal, link)
    const plain = await read(org.ctx, 'Deals.Attachments', { fields: ['File_Name', 'Size'] })
    assert.deepEqual(
      plain.records.map((record) => [record.File_Name, record.Size, 'File' in record]),
      [
        ['offer.txt', '8', false],
        ['large.bin', String(MOST_BYTES), false],
        ['plan.pdf', '0', false],
      ]
    )
    const stream = await describeStream(org.ctx, 'Deals.Attachments')
    const before = org.sim.stats().credits.used
    const query = asked({ fields: ['File', 'Link_URL'] })
    const { records } = await readWhole(org.ctx, stream, 'related', query)
    const base64 = Buffer.from('Dear Ada').toString('base64')
    assert.deepEqual(records[0].File, { name: 'offer.txt', base64 })
    assert.equal(Object(records[1].File).name, 'large.bin')
    assert.isNull(records[2].File)
    assert.equal(records[2].Link_URL, 'https://files.example/plan.pdf')
    assert.notProperty(records[0], 'File_Name')
    assert.notProperty(plain.records[2], 'Link_URL')
    assert.equal(org.sim.stats().credits.used - before, 1 + 1 + 2)
    const filter = { field: 'File', op: '!=' as const, value: null }
    const [route] = connector.discover?.readRoutes?.(org.ctx, stream) ?? []
    assert.isFalse(route.suits({ ...query, filter }))
    assert.match(route.unsuited?.({ ...query, filter }) ?? '', /by its name or its size/)
  })
})
