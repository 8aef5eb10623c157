import { test } from '@japa/runner'
import { readZip } from '#simulators/zoho/bulk/zip_files'
import { list, rowsOf, type Told } from '#tests/support/zoho_sdk/sdk_client'
import { poll } from '#tests/support/zoho_sdk/poll'
import { stageSdk, type SdkStage } from '#tests/support/zoho_sdk/stage_sdk'
import { zipCsv } from '#tests/support/zoho_sdk/zip_csv'

const mappings = [
  { field: 'Last_Name', index: 0 },
  { field: 'Email', index: 1 },
]

async function upload({ sdk, sim }: SdkStage) {
  const bytes = await zipCsv('leads.csv', [
    'Name,Mail',
    'Hopper,grace@example.com',
    'Lovelace,ada@example.com',
    ',nobody@example.com',
  ])
  return sdk.ask('uploadBulkFile', { name: 'leads.zip', bytes, zgid: sim.zgid })
}

/** The lines of the one CSV in a download that the SDK made a file of. */
async function linesOf({ file }: Told) {
  const files = await readZip(Buffer.from(file.stream as unknown as Uint8Array))
  return [...files.values()].map(String).join('').trim().split(/\r?\n/)
}

test.group("Zoho's own SDK: bulk", (group) => {
  const stage = stageSdk(group, { bulkDelayMs: 20 })

  test('writes in bulk: upload, create, poll, result', async ({ assert }) => {
    const { sdk, create, truth } = stage()
    await create('Leads', [{ Last_Name: 'Old', Email: 'ada@example.com' }])
    const uploaded = await upload(stage())
    assert.containSubset(uploaded, {
      status: 200,
      object: { is: 'SuccessResponse', code: 'FILE_UPLOAD_SUCCESS' },
    })
    const order = { operation: 'upsert', module: 'Leads', findBy: 'Email', fileName: 'leads.csv' }
    const fileId = String(uploaded.object.details.file_id)
    const created = await sdk.ask('createBulkWrite', { ...order, fileId, mappings })
    assert.containSubset(created, { status: 201, object: { is: 'SuccessResponse' } })
    const id = String(created.object.details.id)
    const { object } = await poll(
      () => sdk.ask('getBulkWrite', { id }),
      (answer) => String(answer.object.status) === 'COMPLETED'
    )
    assert.containSubset(object, { is: 'BulkWriteResponse', id, operation: 'upsert' })
    assert.containSubset(list(object.resource)[0].file, {
      is: 'File',
      status: 'COMPLETED',
      addedCount: 1,
      updatedCount: 1,
      skippedCount: 1,
      totalCount: 3,
    })
    const { downloadUrl } = object.result
    const result = await sdk.ask('downloadBulkWrite', { url: downloadUrl })
    assert.containSubset(result, { status: 200, object: { file: { name: `${id}.zip` } } })
    const [head, ...lines] = await linesOf(result.object)
    assert.equal(head, 'Last_Name,Email,STATUS,RECORD_ID,ERRORS')
    assert.match(lines[0], /^Hopper,grace@example.com,ADDED,\d{19},$/)
    assert.match(lines[2], /SKIPPED,,MANDATORY_NOT_FOUND-/)
    assert.containSubset(truth('Leads'), { records: 2, inserts: 2, updates: 1 })
  })

  test('a bulk file and a job that are not there', async ({ assert }) => {
    const { sdk, sim } = stage()
    const bytes = Buffer.from('no zip')
    const refused = await sdk.ask('uploadBulkFile', { name: 'a.zip', bytes, zgid: sim.zgid })
    assert.containSubset(refused, {
      status: 400,
      object: { is: 'APIException', code: 'INVALID_FILE_FORMAT' },
    })
    const gone = await sdk.ask('getBulkWrite', { id: '5733686000000999999' })
    assert.containSubset(gone, {
      status: 404,
      object: { is: 'APIException', code: 'RESOURCE_NOT_FOUND' },
    })
  })

  test('reads in bulk: create, poll, result', async ({ assert }) => {
    const { sdk, create, calls } = stage()
    const [id] = await create('Leads', [{ Last_Name: 'Hopper' }, { Last_Name: 'Lovelace' }])
    const created = await sdk.ask('createBulkRead', {
      module: 'Leads',
      fields: ['Last_Name', 'Owner'],
      criteria: {
        operator: 'and',
        group: [
          { field: 'Last_Name', comparator: 'equal', value: 'Hopper' },
          { field: 'Created_Time', comparator: 'less_than', value: '2100-01-01T00:00:00+00:00' },
        ],
      },
    })
    const [added] = rowsOf(created)
    assert.equal(created.status, 201)
    assert.containSubset(added, { is: 'SuccessResponse', code: 'ADDED_SUCCESSFULLY' })
    const job = String(added.details.id)
    const shown = await poll(
      () => sdk.ask('getBulkRead', { id: job }),
      (answer) => String(rowsOf(answer)[0].state) === 'COMPLETED'
    )
    assert.containSubset(rowsOf(shown)[0], {
      is: 'JobDetail',
      id: job,
      operation: 'read',
      query: { is: 'Query', module: { apiName: 'Leads' }, fields: ['Last_Name', 'Owner'] },
      result: { is: 'Result', count: 1, page: 1, perPage: 200_000, moreRecords: false },
    })
    const result = await sdk.ask('downloadBulkRead', { id: job })
    assert.equal(result.status, 200)
    const [head, ...lines] = await linesOf(result.object)
    assert.equal(head, 'id,Last_Name,Owner')
    assert.lengthOf(lines, 1)
    assert.isTrue(lines[0].startsWith(`${id},Hopper,`))
    assert.equal(calls('POST /crm/bulk/v8/read'), 1)
  })
})
