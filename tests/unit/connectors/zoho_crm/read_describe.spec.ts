import { test } from '@japa/runner'
import { describeStream } from '../../../../plugins/connectors/zoho_crm/describe/describe_stream.js'
import { listStreams } from '../../../../plugins/connectors/zoho_crm/describe/list_streams.js'
import { openOrg } from './open_org.js'
import { asked, idsIn, otherUser, readWhole, routeOf } from './read_kit.js'

const quick = { bulkReadDelayMs: 5, bulkReadQueueMs: 5 }

test.group('zoho_crm describes what it reads', () => {
  test('modules that hang on others say so', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const streams = await listStreams(ctx)
    const titles = new Map(streams.map(({ name, title }) => [name, title]))
    assert.equal(titles.get('Visit_Items'), 'Visit Items (rows of Shop_Visits)')
    assert.match(titles.get('Shop_Visits_X_Products') ?? '', /\(linking\)/)
    assert.equal(titles.get('Deals'), 'Deals')
    assert.isTrue(titles.has('Old_Orders'), 'hidden modules hold records')
    assert.isFalse(titles.has('Home'), 'the API does not serve it')
  })

  test('fields say their type, length, values and keys', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const { fields } = await describeStream(ctx, 'Shop_Visits')
    const field = (name: string) => fields.find((each) => each.name === name)
    assert.containSubset(field('External_Visit_Id'), { unique: true, custom: true, maxLength: 80 })
    assert.containSubset(field('Purpose'), {
      type: 'multipicklist',
      values: ['Advice', 'Purchase', 'Return'],
    })
    assert.containSubset(field('Basket_Total'), { type: 'decimal', readOnly: true })
    assert.containSubset(field('Visit_Number'), { readOnly: true })
    assert.containSubset(field('Visit_Items'), { type: 'json' })
    assert.containSubset(field('Contact'), { type: 'lookup', lookup: 'Contacts' })
    assert.containSubset(field('Contact.Full_Name'), { type: 'text', readOnly: true })
    assert.isUndefined(field('Owner.Name'))
  })

  test('rows, links and many values are read where they are asked for', async ({
    assert,
    cleanup,
  }) => {
    const { ctx, meter, sim } = await openOrg(cleanup, quick)
    const user = await otherUser(sim)
    const [contact] = await user.insert([{ Last_Name: 'Doe' }], 'Contacts')
    const visits = ['a', 'b'].map((code) => ({
      Name: `Visit ${code}`,
      Visit_Code: code,
      Contact: { id: contact },
      Purpose: ['Advice', 'Return'],
      Visit_Items: [{ Item_Name: `Thing ${code}`, Item_Quantity: 2 }],
    }))
    const ids = await user.insert(visits, 'Shop_Visits')
    const stream = await describeStream(ctx, 'Shop_Visits')
    const fields = ['Name', 'Purpose', 'Contact', 'Contact.Full_Name']
    for (const name of ['coql', 'list', 'bulk_read']) {
      const { records } = await readWhole(ctx, stream, name, asked({ fields }))
      assert.deepEqual(records[1], {
        'id': ids[1],
        'Name': 'Visit b',
        'Purpose': ['Advice', 'Return'],
        'Contact': { id: contact },
        'Contact.Full_Name': 'Doe',
      })
    }
    const whole = asked({ fields: ['Name', 'Visit_Items'] })
    assert.isFalse(routeOf(ctx, stream, 'bulk_read').suits(whole))
    for (const name of ['coql', 'list']) {
      const before = meter.credits
      const read = await readWhole(ctx, stream, name, { ...whole, expected: 2 })
      assert.deepEqual(idsIn(read), ids)
      assert.containSubset(read.records[0].Visit_Items, [{ Item_Name: 'Thing a' }])
      assert.equal(meter.credits - before, routeOf(ctx, stream, name).cost(2, whole))
    }
    const items = await describeStream(ctx, 'Visit_Items')
    const query = asked({ fields: ['Item_Name', 'Item_Quantity', 'Parent_Id'] })
    const rows = await readWhole(ctx, items, 'coql', query)
    assert.containSubset(rows.records, [{ Item_Name: 'Thing b', Parent_Id: { id: ids[1] } }])
  })
})
