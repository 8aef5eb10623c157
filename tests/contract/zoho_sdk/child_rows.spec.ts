import { test } from '@japa/runner'
import { list, rowsOf } from '#tests/support/zoho_sdk/sdk_client'
import { stageSdk, type SdkStage } from '#tests/support/zoho_sdk/stage_sdk'

const visitedOn = new Date('2026-03-04T00:00:00Z')

async function createVisit({ create }: SdkStage) {
  const [product] = await create('Products', [{ Product_Name: 'Lamp' }])
  const [contact] = await create('Contacts', [{ Last_Name: 'Lovelace' }])
  const [visit] = await create('Shop_Visits', [
    {
      Name: 'First visit',
      Visit_Code: 'V-1',
      External_Visit_Id: 'till-1',
      Visited_On: visitedOn,
      Purpose: [{ choice: 'Advice' }, { choice: 'Return' }],
      Contact: { id: contact },
      Visit_Items: [{ Item_Name: 'Bulb', Item_Quantity: 2, Item_Product: { id: product } }],
      Seen_Products: [{ Seen_Product: { id: product } }],
    },
  ])
  return { visit, contact, product }
}

test.group("Zoho's own SDK: what hangs on a record", (group) => {
  const stage = stageSdk(group)

  test('subform rows, links, lookups and choices come back typed', async ({ assert }) => {
    const { sdk, truth } = stage()
    const { visit, contact, product } = await createVisit(stage())
    const [record] = rowsOf(await sdk.ask('getRecord', { module: 'Shop_Visits', id: visit }))
    assert.containSubset(record, {
      is: 'Record',
      Visited_On: visitedOn,
      Purpose: ['Advice', 'Return'],
      Contact: { is: 'Record', id: BigInt(contact), name: 'Lovelace' },
      Visit_Items: [
        {
          is: 'Record',
          Item_Name: 'Bulb',
          Item_Quantity: 2,
          Item_Product: { is: 'Record', id: BigInt(product), name: 'Lamp' },
        },
      ],
      Seen_Products: [{ is: 'Record', Seen_Product: { id: BigInt(product) } }],
    })
    assert.containSubset(truth('Shop_Visits'), { records: 1, inserts: 1 })
  })

  test('a subform row is changed, another added', async ({ assert }) => {
    const { sdk } = stage()
    const { visit } = await createVisit(stage())
    const read = async () => {
      const answer = await sdk.ask('getRecord', { module: 'Shop_Visits', id: visit })
      return list(rowsOf(answer)[0].Visit_Items)
    }
    const [row] = await read()
    const rows = [{ id: row.id, Item_Quantity: 3 }, { Item_Name: 'Shade' }]
    const data = [{ Visit_Items: rows }]
    const written = await sdk.ask('updateRecord', { module: 'Shop_Visits', id: visit, data })
    assert.equal(written.status, 200)
    assert.containSubset(await read(), [
      { id: row.id, Item_Name: 'Bulb', Item_Quantity: 3 },
      { Item_Name: 'Shade' },
    ])
  })

  test('an order has line items of products', async ({ assert }) => {
    const { sdk, create } = stage()
    const [product] = await create('Products', [{ Product_Name: 'Lamp' }])
    const [order] = await create('Sales_Orders', [
      {
        Subject: 'Order 1',
        Ordered_Items: [{ Product_Name: { product }, Quantity: 2, List_Price: 3.5 }],
      },
    ])
    const [record] = rowsOf(await sdk.ask('getRecord', { module: 'Sales_Orders', id: order }))
    assert.containSubset(record.Ordered_Items, [
      {
        is: 'Record',
        Product_Name: { is: 'LineItemProduct', id: BigInt(product), name: 'Lamp' },
        Quantity: 2,
        List_Price: 3.5,
      },
    ])
  })

  test('related records are read by the name of their list', async ({ assert }) => {
    const { sdk } = stage()
    const { visit, contact, product } = await createVisit(stage())
    const below = { module: 'Contacts', id: contact, list: 'Shop_Visits', fields: 'Name' }
    const visits = await sdk.ask('getRelatedRecords', below)
    assert.equal(visits.status, 200)
    assert.containSubset(rowsOf(visits), [{ is: 'Record', id: BigInt(visit), Name: 'First visit' }])
    const linked = { module: 'Shop_Visits', id: visit, fields: 'Product_Name' }
    const asked = { ...linked, list: 'Seen_Products_List' }
    const products = rowsOf(await sdk.ask('getRelatedRecords', asked))
    assert.containSubset(products, [{ id: BigInt(product), Product_Name: 'Lamp' }])
  })

  test('a note is written, listed and deleted', async ({ assert }) => {
    const { sdk, create } = stage()
    const [id] = await create('Leads', [{ Last_Name: 'A' }])
    const parent = { module: 'Leads', id }
    const written = await sdk.ask('createNote', { title: 'Called', content: 'No answer', parent })
    assert.equal(written.status, 201)
    const [entry] = rowsOf(written)
    assert.containSubset(entry, { is: 'SuccessResponse', message: 'record added' })
    const listed = await sdk.ask('getNotes', { fields: 'Note_Title,Note_Content,Parent_Id' })
    assert.containSubset(rowsOf(listed), [
      {
        is: 'Note',
        id: BigInt(String(entry.details.id)),
        noteTitle: 'Called',
        noteContent: 'No answer',
        parentId: { is: 'ParentId', id: BigInt(id) },
      },
    ])
    const deleted = await sdk.ask('deleteNote', { id: entry.details.id })
    assert.equal(deleted.status, 200)
    const below = { ...parent, list: 'Notes', fields: 'Note_Title' }
    assert.deepEqual(await sdk.ask('getRelatedRecords', below), { status: 204, object: null })
  })

  test('a record is found by an id of another system', async ({ assert }) => {
    const { sdk } = stage()
    const { visit } = await createVisit(stage())
    const field = 'External_Visit_Id'
    const asked = { module: 'Shop_Visits', field, value: 'till-1' }
    const answer = await sdk.ask('getRecordByExternalId', asked)
    assert.equal(answer.status, 200)
    assert.containSubset(rowsOf(answer), [{ id: BigInt(visit), [field]: 'till-1' }])
  })
})
