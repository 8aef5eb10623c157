import { test } from '@japa/runner'
import { rowsOf } from '#tests/support/zoho_sdk/sdk_client'
import { stageSdk } from '#tests/support/zoho_sdk/stage_sdk'

test.group("Zoho's own SDK: refusals", (group) => {
  const stage = stageSdk(group)

  test('a record refused says which field and why', async ({ assert }) => {
    const { sdk, truth } = stage()
    const data = [{ First_Name: 'A' }, { Last_Name: 'B'.repeat(81) }]
    const answer = await sdk.ask('createRecords', { module: 'Leads', data })
    assert.equal(answer.status, 400)
    assert.equal(answer.object.is, 'ActionWrapper')
    assert.containSubset(rowsOf(answer), [
      {
        is: 'APIException',
        code: 'MANDATORY_NOT_FOUND',
        message: 'required field not found',
        details: { api_name: 'Last_Name', json_path: '$.data[0].Last_Name' },
      },
      {
        is: 'APIException',
        code: 'INVALID_DATA',
        details: { api_name: 'Last_Name', maximum_length: '80', json_path: '$.data[1].Last_Name' },
      },
    ])
    assert.isUndefined(truth('Leads'))
  })

  test('a duplicate names the record it clashes with', async ({ assert }) => {
    const { sdk, create } = stage()
    const [id] = await create('Leads', [{ Last_Name: 'A', Source_Id: 'S-1' }])
    const data = [{ Last_Name: 'B', Source_Id: 'S-1' }, { Last_Name: 'C' }]
    const answer = await sdk.ask('createRecords', { module: 'Leads', data })
    assert.equal(answer.status, 207)
    assert.containSubset(rowsOf(answer), [
      {
        is: 'APIException',
        code: 'DUPLICATE_DATA',
        details: {
          api_name: 'Source_Id',
          duplicate_record: {
            is: 'DuplicateRecord',
            id: BigInt(id),
            module: { is: 'MinifiedModule', apiName: 'Leads' },
          },
        },
      },
      { is: 'SuccessResponse' },
    ])
  })

  test('a picklist value is held against the fields the simulator lists', async ({ assert }) => {
    const { sdk, calls } = stage()
    const data = [{ Last_Name: 'A', Lead_Source: { choice: 'Nowhere' } }]
    const write = sdk.ask('createRecords', { module: 'Leads', data })
    await assert.rejects(() => write, /UNACCEPTED VALUES ERROR.*"Trade Show"/)
    assert.equal(calls('POST /crm/v8/{module}'), 0)
  })

  test('a module that is not there', async ({ assert }) => {
    const { sdk } = stage()
    const write = sdk.ask('createRecords', { module: 'Nowhere', data: [{ Name: 'A' }] })
    await assert.rejects(() => write, /API_EXCEPTION.*"code":"INVALID_MODULE"/)
  })

  test('a call that is one too many', async ({ assert }) => {
    const { sdk, sim } = stage()
    sim.faults([
      {
        match: { path: '/crm/v8/coql' },
        kind: 'status',
        status: 429,
        body: { code: 'TOO_MANY_REQUESTS', details: {}, message: 'slow down', status: 'error' },
      },
    ])
    const query = 'select Last_Name from Leads where id is not null'
    const { status, object } = await sdk.ask('queryRecords', { query })
    assert.equal(status, 429)
    assert.containSubset(object, { is: 'APIException', code: 'TOO_MANY_REQUESTS' })
  })

  test('a token that has died', async ({ assert }) => {
    const { sdk, sim } = stage()
    sim.advance(sim.options.tokenLifeSeconds + 1)
    const { status, object } = await sdk.ask('getOrganization')
    assert.equal(status, 401)
    assert.containSubset(object, { is: 'APIException', code: 'INVALID_TOKEN' })
  })
})
