import { test } from '@japa/runner'
import { connectionFile } from '#simulators/zoho/connection_file'
import { openSimulator } from './open_simulator.js'

test.group('Zoho simulator: metadata', () => {
  test('the org has a zgid that is not its id, and a user', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { edition: 'professional', users: 7 })
    const { body } = await zoho.get('/crm/v8/org')
    assert.equal(body.org[0].zgid, zoho.sim.zgid)
    assert.notEqual(body.org[0].id, body.org[0].zgid)
    assert.equal(Number(body.org[0].license_details.users_license_purchased), 7)
    const users = await zoho.get('/crm/v8/users?type=CurrentUser')
    assert.equal(users.body.users[0].full_name, 'Sim Admin')
    assert.isFalse(users.body.info.more_records)
  })

  test('modules are standard, custom, or not for the API', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const { body } = await zoho.get('/crm/v8/settings/modules')
    const kinds = Object.fromEntries(
      Object.values(body.modules).map((module) => [module.api_name, module.generated_type])
    )
    const expected = { Deals: 'default', Tasks: 'default', Shop_Items: 'custom', Home: 'system' }
    assert.containSubset(kinds, expected)
    const home = Object.values(body.modules).find(({ api_name: name }) => String(name) === 'Home')
    assert.isFalse(home?.api_supported)
  })

  test('fields tell type, length, unique, mandatory and picklist', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { strictPicklists: true })
    const { body } = await zoho.get('/crm/v8/settings/fields?module=Deals')
    const field = (wanted: string) =>
      Object.values(body.fields).find(({ api_name: name }) => String(name) === wanted)
    assert.containSubset(field('Order_Ref'), {
      data_type: 'text',
      length: 50,
      unique: { case_sensitive: false },
      custom_field: true,
      system_mandatory: false,
    })
    assert.containSubset(field('Deal_Name'), { length: 120, system_mandatory: true, unique: {} })
    const status = field('Order_Status')
    const values = Object.values(status?.pick_list_values ?? {})
    assert.deepEqual(
      values.map(({ actual_value: value }) => String(value)),
      ['new', 'paid', 'shipped', 'cancelled']
    )
    assert.isTrue(status?.enforce_pick_list_values)
    assert.isTrue(field('Created_Time')?.field_read_only)
    const target = field('Contact_Name')?.lookup.module
    assert.equal(target?.api_name, 'Contacts')
    const modules = await zoho.get('/crm/v8/settings/modules')
    const ofId = Object.values(modules.body.modules).find(({ id }) => id === target?.id)
    assert.equal(ofId?.api_name, 'Contacts')
    const ids = Object.values(body.fields).map(({ id }) => String(id))
    assert.lengthOf(new Set(ids), ids.length)
  })

  test('fields of no module and of an unknown module are refused', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const none = await zoho.get('/crm/v8/settings/fields')
    assert.equal(none.body.code, 'REQUIRED_PARAM_MISSING')
    for (const name of ['Nothing', 'Home']) {
      const { status, body } = await zoho.get(`/crm/v8/settings/fields?module=${name}`)
      assert.deepEqual([status, String(body.code)], [400, 'INVALID_MODULE'])
    }
  })

  test('the connection file names secrets and holds none', ({ assert }) => {
    const file = connectionFile('http://127.0.0.1:8790')
    assert.include(file, "accountsUrl: 'http://127.0.0.1:8790'")
    assert.include(file, 'refreshToken: $ZOHO_REFRESH_TOKEN')
    assert.notInclude(file, 'fake')
  })
})
