import { test } from '@japa/runner'
import { openSimulator, statusOf, type Json, type SimulatorClient } from './open_simulator.js'

const names = (entries: unknown) => {
  return Object.values(entries as Json).map(({ api_name: name }) => String(name))
}

async function read(zoho: SimulatorClient, path: string) {
  const { body } = await zoho.get(`/crm/v8/settings/${path}`)
  return body
}

/** The entries of the one list in the answer. */
async function list(zoho: SimulatorClient, path: string): Promise<Json[]> {
  const body = await read(zoho, path)
  return Object.values(Object.values(body)[0])
}

async function fieldOf(zoho: SimulatorClient, module: string, wanted: string) {
  const { fields } = await read(zoho, `fields?module=${module}&type=all`)
  return Object.values(fields).find(({ api_name: name }) => String(name) === wanted)
}

test.group('Zoho simulator: settings', () => {
  test('modules are listed by status', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const all = names(await list(zoho, 'modules'))
    const visible = names(await list(zoho, 'modules?status=visible'))
    const hidden = names(await list(zoho, 'modules?status=user_hidden,system_hidden'))
    assert.includeMembers(visible, ['Deals', 'Shop_Visits'])
    assert.notInclude(visible, 'Old_Orders')
    assert.deepEqual(hidden, ['Old_Orders'])
    assert.sameMembers([...visible, ...hidden], all)
    assert.equal(await statusOf(zoho.get('/crm/v8/settings/modules?status=gone')), 400)
    const { modules } = await read(zoho, 'modules/Visit_Items')
    assert.equal(modules[0].generated_type, 'subform')
    assert.equal(modules[0].parent_module.api_name, 'Shop_Visits')
    const linking = await read(zoho, 'modules/Shop_Visits_X_Products')
    assert.equal(linking.modules[0].generated_type, 'linking')
  })

  test('unused fields are listed only when asked for', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const fields = async (query: string) => names(await list(zoho, `fields?${query}`))
    assert.notInclude(await fields('module=Shop_Visits'), 'Old_Code')
    assert.include(await fields('module=Shop_Visits&type=all'), 'Old_Code')
    assert.deepEqual(await fields('module=Shop_Visits&type=unused'), ['Old_Code'])
    assert.equal(await statusOf(zoho.get('/crm/v8/settings/fields?module=Leads&type=unused')), 204)
    assert.equal(await statusOf(zoho.get('/crm/v8/settings/fields?module=Leads&type=odd')), 400)
  })

  test('a custom module has subform, links, files, and an external id', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const field = (name: string) => fieldOf(zoho, 'Shop_Visits', name)
    assert.containSubset(await field('Name'), { system_mandatory: true, required: true })
    assert.containSubset(await field('Visit_Code'), {
      system_mandatory: false,
      required: true,
      unique: { case_sensitive: false },
    })
    assert.containSubset(await field('External_Visit_Id'), {
      external: { type: 'org', show: true },
    })
    assert.containSubset(await field('Visit_Report'), {
      data_type: 'fileupload',
      json_type: 'jsonarray',
    })
    assert.containSubset(await field('Visit_Items'), { subform: { module: 'Visit_Items' } })
    assert.containSubset(await field('Basket_Total'), { field_read_only: true })
    const links = await field('Seen_Products')
    const linking = links?.multiselectlookup.linking_details
    assert.equal(linking?.module.api_name, 'Shop_Visits_X_Products')
    const columns = names(await list(zoho, 'fields?module=Shop_Visits_X_Products'))
    assert.include(columns, String(linking?.lookup_field.api_name))
    assert.include(columns, String(linking?.connected_lookup_field.api_name))
    const { fields } = await read(zoho, `fields/${links?.id}?module=Shop_Visits`)
    assert.equal(fields[0].api_name, 'Seen_Products')
  })

  test('a layout holds the used fields in sections', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const { layouts } = await read(zoho, 'layouts?module=Shop_Visits')
    const sections = Object.values(layouts[0].sections)
    const inSections = sections.flatMap(({ fields }) => names(fields))
    const used = names(await list(zoho, 'fields?module=Shop_Visits'))
    assert.sameMembers(inSections, used)
    const rows = sections.find(({ isSubformSection: isRows }) => Boolean(isRows))
    assert.deepEqual(names(rows?.fields), ['Visit_Items'])
    const one = await read(zoho, `layouts/${layouts[0].id}?module=Shop_Visits`)
    assert.deepEqual(one.layouts, layouts)
    assert.equal(await statusOf(zoho.get('/crm/v8/settings/layouts')), 400)
  })

  test('related lists are those that a record is asked for', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const lists = (module: string) => list(zoho, `related_lists?module=${module}`)
    const ofContacts = await lists('Contacts')
    assert.includeMembers(names(ofContacts), ['Notes', 'Attachments', 'Deals', 'Shop_Visits'])
    const ofVisits = await lists('Shop_Visits')
    const links = ofVisits.find(({ linkingmodule: linking }) => linking !== null)
    assert.containSubset(links, {
      api_name: 'Seen_Products_List',
      module: { api_name: 'Products' },
      linkingmodule: 'Shop_Visits_X_Products',
    })
    const { rows } = await zoho.post('/crm/v8/Contacts', { data: [{ Last_Name: 'Ruiz' }] })
    for (const name of names(ofContacts)) {
      const path = `/crm/v8/Contacts/${rows[0].details.id}/${name}?fields=id`
      assert.equal(await statusOf(zoho.get(path)), 204, name)
    }
  })

  test('views and the pipeline of deals', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const { custom_views: views, info } = await read(zoho, 'custom_views?module=Deals')
    assert.equal(info.default, views[0].id)
    assert.isNull(views[0].criteria)
    assert.containSubset(views[2].criteria, { field: { api_name: 'Stage' }, value: 'Closed Won' })
    const stage = await fieldOf(zoho, 'Deals', 'Stage')
    assert.equal(views[2].criteria.field.id, stage?.id)
    const one = await read(zoho, `custom_views/${views[2].id}?module=Deals`)
    assert.equal(one.custom_views[0].system_name, 'WONDEALS')
    const { layouts } = await read(zoho, 'layouts?module=Deals')
    const { pipeline } = await read(zoho, `pipeline?layout_id=${layouts[0].id}`)
    const stages = Object.values(pipeline[0].maps).map(({ actual_value: value }) => String(value))
    const values = Object.values(stage?.pick_list_values ?? {})
    assert.deepEqual(
      stages,
      values.map(({ actual_value: value }) => String(value))
    )
    assert.equal(await statusOf(zoho.get('/crm/v8/settings/pipeline?layout_id=1')), 400)
  })
})
