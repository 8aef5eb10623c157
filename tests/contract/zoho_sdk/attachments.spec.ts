import { test } from '@japa/runner'
import { rowsOf, type Told } from '#tests/support/zoho_sdk/sdk_client'
import { stageSdk, type SdkStage } from '#tests/support/zoho_sdk/stage_sdk'

const content = Buffer.from('A line of text, ünd bytes: \u0000\u0001')
const file = { name: 'note.txt', bytes: content }

/** A new lead, and the attachment that the SDK hung on it. */
async function attach({ sdk, create }: SdkStage) {
  const [record] = await create('Leads', [{ Last_Name: 'A' }])
  const place = { module: 'Leads', record }
  const answer = await sdk.ask('uploadAttachment', { ...place, file })
  return { place, answer, id: String(rowsOf(answer)[0].details.id) }
}

const bytesOf = (told: Told) => Buffer.from(told.stream as unknown as Uint8Array)

test.group("Zoho's own SDK: attachments and files", (group) => {
  const stage = stageSdk(group)

  test('attaches a file, lists it and downloads it', async ({ assert }) => {
    const { sdk } = stage()
    const { place, answer, id } = await attach(stage())
    assert.equal(answer.status, 200)
    assert.containSubset(rowsOf(answer), [
      { is: 'SuccessResponse', message: 'attachment uploaded successfully' },
    ])
    const listed = await sdk.ask('getAttachments', { ...place, fields: 'id,File_Name,Size' })
    assert.equal(listed.status, 200)
    assert.containSubset(rowsOf(listed), [
      { is: 'Attachment', id: BigInt(id), fileName: 'note.txt', size: String(content.length) },
    ])
    const { status, object } = await sdk.ask('downloadAttachment', { ...place, id })
    assert.equal(status, 200)
    assert.containSubset(object, { is: 'FileBodyWrapper', file: { name: 'note.txt' } })
    assert.isTrue(content.equals(bytesOf(object.file)))
  })

  test('deletes an attachment', async ({ assert }) => {
    const { sdk } = stage()
    const { place, id } = await attach(stage())
    const deleted = await sdk.ask('deleteAttachment', { ...place, id })
    assert.equal(deleted.status, 200)
    assert.containSubset(rowsOf(deleted), [{ is: 'SuccessResponse', details: { id: BigInt(id) } }])
    const gone = { status: 204, object: null }
    assert.deepEqual(await sdk.ask('getAttachments', { ...place, fields: 'id' }), gone)
    assert.deepEqual(await sdk.ask('downloadAttachment', { ...place, id }), gone)
  })

  test('attaches a file that stays where it is', async ({ assert }) => {
    const { sdk, create } = stage()
    const [record] = await create('Leads', [{ Last_Name: 'A' }])
    const place = { module: 'Leads', record }
    const url = 'https://example.com/price-list.pdf'
    const linked = await sdk.ask('linkAttachment', { ...place, url, title: 'Prices' })
    assert.equal(linked.status, 200)
    const { id } = rowsOf(linked)[0].details
    const listed = await sdk.ask('getAttachments', { ...place, fields: 'id,File_Name' })
    assert.containSubset(rowsOf(listed), [{ id, fileName: 'Prices', linkUrl: url }])
    const refused = await sdk.ask('downloadAttachment', { ...place, id })
    assert.equal(refused.status, 400)
    assert.containSubset(refused.object, { is: 'APIException', code: 'DOWNLOAD_NOT_ALLOWED' })
  })

  test('a list of attachments asks for fields', async ({ assert }) => {
    const { sdk } = stage()
    const { place } = await attach(stage())
    const { status, object } = await sdk.ask('getAttachments', place)
    assert.equal(status, 400)
    assert.containSubset(object, { is: 'APIException', code: 'REQUIRED_PARAM_MISSING' })
  })

  test('uploads files and hangs one on a field', async ({ assert }) => {
    const { sdk, create } = stage()
    const uploaded = await sdk.ask('uploadFiles', { files: [file, { ...file, name: 'b.txt' }] })
    assert.equal(uploaded.status, 200)
    const ids = rowsOf(uploaded).map(({ details }) => String(details.id))
    assert.lengthOf(ids, 2)
    const [visit] = await create('Shop_Visits', [
      { Name: 'V', Visit_Code: 'V-1', Visit_Report: [{ file: ids[0] }] },
    ])
    const [record] = rowsOf(await sdk.ask('getRecord', { module: 'Shop_Visits', id: visit }))
    assert.containSubset(record.Visit_Report, [{ is: 'FileDetails', fileNameS: 'note.txt' }])
    const { status, object } = await sdk.ask('getFile', { id: ids[1] })
    assert.equal(status, 200)
    assert.equal(String(object.file.name), 'b.txt')
    assert.isTrue(content.equals(bytesOf(object.file)))
  })
})
