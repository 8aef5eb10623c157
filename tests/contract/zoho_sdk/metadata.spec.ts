import { test } from '@japa/runner'
import { list, type Told } from '#tests/support/zoho_sdk/sdk_client'
import { stageSdk } from '#tests/support/zoho_sdk/stage_sdk'

/** The one of a list of modules or fields that bears an API name. */
function named(told: Told, name: string): Told {
  const found = list(told).find(({ apiName }) => String(apiName) === name)
  if (found) return found
  throw new Error(`The SDK told of no ${name}`)
}

test.group("Zoho's own SDK: org and metadata", (group) => {
  const stage = stageSdk(group, { edition: 'professional', users: 12 })

  test('tells of the org', async ({ assert }) => {
    const { sdk, sim, calls } = stage()
    const { status, object } = await sdk.ask('getOrganization')
    assert.equal(status, 200)
    const [org] = list(object.org)
    assert.containSubset(org, {
      is: 'Org',
      zgid: sim.zgid,
      timeZone: sim.options.timeZone,
      licenseDetails: { is: 'LicenseDetails', paidType: 'professional', usersLicensePurchased: 12 },
    })
    assert.notEqual(String(org.id), sim.zgid)
    assert.equal(calls('GET /crm/v8/org'), 1)
  })

  test('tells of the users, one and all', async ({ assert }) => {
    const { sdk } = stage()
    const { object } = await sdk.ask('getUsers', { TYPE: 'CurrentUser' })
    const [user] = list(object.users)
    assert.containSubset(user, {
      is: 'Users',
      status: 'active',
      profile: { is: 'Profile', name: 'Administrator' },
      time_zone: { name: 'Asia/Kolkata' },
    })
    assert.containSubset(object.info, { is: 'Info', count: 1, moreRecords: false })
    const one = await sdk.ask('getUser', { id: user.id })
    assert.containSubset(list(one.object.users), [{ id: user.id, email: user.email }])
    const all = await sdk.ask('getUsers', { TYPE: 'AllUsers', PER_PAGE: 200 })
    assert.include(
      list(all.object.users).map(({ id }) => String(id)),
      String(user.id)
    )
  })

  test('tells of the modules', async ({ assert }) => {
    const { sdk } = stage()
    const { status, object } = await sdk.ask('getModules')
    assert.equal(status, 200)
    const leads = named(object.modules, 'Leads')
    assert.containSubset(leads, { is: 'Modules', generatedType: 'default', apiSupported: true })
    assert.equal(typeof leads.id, 'bigint')
    assert.containSubset(named(object.modules, 'Shop_Visits_X_Products'), {
      generatedType: 'linking',
    })
    const items = named(object.modules, 'Visit_Items')
    assert.containSubset(items, {
      generatedType: 'subform',
      parentModule: { is: 'MinifiedModule', apiName: 'Shop_Visits' },
    })
    const one = await sdk.ask('getModule', { name: 'Leads' })
    assert.containSubset(list(one.object.modules), [{ apiName: 'Leads', id: leads.id }])
  })

  test('tells of fields by type', async ({ assert }) => {
    const { sdk } = stage()
    const { object } = await sdk.ask('getFields', { MODULE: 'Leads' })
    assert.containSubset(named(object.fields, 'Last_Name'), {
      is: 'Fields',
      dataType: 'text',
      length: 80,
      systemMandatory: true,
      customField: false,
    })
    const source = named(object.fields, 'Lead_Source')
    assert.containSubset(source, { dataType: 'picklist', jsonType: 'string' })
    assert.include(
      list(source.pickListValues).map(({ actualValue }) => String(actualValue)),
      'Trade Show'
    )
    const one = await sdk.ask('getField', { module: 'Leads', id: source.id })
    assert.containSubset(list(one.object.fields), [{ apiName: 'Lead_Source', id: source.id }])
  })

  test('tells where lookups, subforms and links lead', async ({ assert }) => {
    const { sdk } = stage()
    const { object } = await sdk.ask('getFields', { MODULE: 'Shop_Visits' })
    const { fields } = object
    assert.containSubset(named(fields, 'Contact'), {
      lookup: { is: 'Lookup', module: { is: 'MinifiedModule', apiName: 'Contacts' } },
    })
    assert.containSubset(named(fields, 'Visit_Items'), {
      associatedModule: { is: 'MinifiedModule', module: 'Visit_Items' },
      subform: { is: 'Subform', module: 'Visit_Items' },
    })
    assert.containSubset(named(fields, 'Seen_Products').multiselectlookup, {
      linkingDetails: { module: { apiName: 'Shop_Visits_X_Products' } },
      connectedDetails: { module: { apiName: 'Products' } },
    })
    assert.containSubset(named(fields, 'External_Visit_Id'), {
      external: { is: 'External', type: 'org', show: true },
    })
  })

  test('tells of layouts and their sections', async ({ assert }) => {
    const { sdk } = stage()
    const { status, object } = await sdk.ask('getLayouts', { module: 'Shop_Visits' })
    assert.equal(status, 200)
    const [layout] = list(object.layouts)
    assert.containSubset(layout, { is: 'Layouts', name: 'Standard', status: 'active' })
    const sections = list(layout.sections)
    assert.deepEqual(
      sections.map(({ issubformsection }) => Boolean(issubformsection)),
      [false, true]
    )
    assert.containSubset(named(sections[0].fields, 'Visit_Code'), {
      is: 'SectionField',
      dataType: 'text',
      required: true,
    })
    assert.equal(String(named(sections[1].fields, 'Visit_Items').dataType), 'subform')
  })

  test('tells of related lists', async ({ assert }) => {
    const { sdk } = stage()
    const { status, object } = await sdk.ask('getRelatedLists', { module: 'Shop_Visits' })
    assert.equal(status, 200)
    const lists = object.relatedLists
    assert.containSubset(named(lists, 'Attachments'), { is: 'RelatedList', type: 'system' })
    assert.containSubset(named(lists, 'Seen_Products_List'), {
      type: 'multiselectlookup',
      module: { is: 'ModuleMap', apiName: 'Products' },
      linkingmodule: 'Shop_Visits_X_Products',
    })
  })

  test('the fields of a module that is not there', async ({ assert }) => {
    const { sdk } = stage()
    const { status, object } = await sdk.ask('getFields', { MODULE: 'Nowhere' })
    assert.equal(status, 400)
    assert.containSubset(object, { is: 'APIException', code: 'INVALID_MODULE' })
  })
})
