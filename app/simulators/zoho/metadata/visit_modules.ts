import { custom, defineField, lookup, mandatory, picklist } from './define_field.js'
import { defineModule } from './module_definition.js'

const inner = { isUpsertable: false, isBulkWritable: false, duplicateField: null } as const

/** A custom module with what standard ones lack: rows of a subform, many products, files. */
const visits = defineModule(
  'Shop_Visits',
  [
    mandatory('Name', 'text', 120),
    custom('Visit_Code', 'text', { length: 40, isUnique: true, isMandatory: true }),
    custom('External_Visit_Id', 'text', { length: 80, isUnique: true, external: 'org' }),
    custom('Visited_On', 'date'),
    custom('Purpose', 'multiselectpicklist', { values: ['Advice', 'Purchase', 'Return'] }),
    custom('Visit_Number', 'autonumber'),
    custom('Basket_Total', 'formula'),
    custom('Contact', 'lookup', { target: 'Contacts' }),
    custom('Visit_Story', 'textarea', { length: 50_000 }),
    custom('Visit_Report', 'fileupload'),
    custom('Visit_Items', 'subform', {
      child: { module: 'Visit_Items', parent: 'Parent_Id', other: null },
    }),
    custom('Seen_Products', 'multiselectlookup', {
      child: {
        module: 'Shop_Visits_X_Products',
        parent: 'Visit',
        other: { field: 'Seen_Product', module: 'Products' },
      },
    }),
    custom('Old_Code', 'text', { length: 40, isUnused: true }),
    custom('Own_Visit_Id', 'text', { length: 80, isUnique: true, external: 'user' }),
    custom('Helper', 'userlookup', { target: 'Users' }),
    custom('Visit_Photo', 'imageupload'),
    custom('Items_Sold', 'rollup_summary'),
    defineField('Email', 'email'),
  ],
  { isCustom: true }
)

const visitItems = defineModule(
  'Visit_Items',
  [
    custom('Item_Name', 'text', { length: 120, isMandatory: true }),
    custom('Item_Quantity', 'integer'),
    custom('Item_Price', 'currency'),
    custom('Item_Product', 'lookup', { target: 'Products' }),
    lookup('Parent_Id', 'Shop_Visits'),
  ],
  { ...inner, generatedType: 'subform', parent: 'Shop_Visits' }
)

const seenProducts = defineModule(
  'Shop_Visits_X_Products',
  [
    custom('Visit', 'lookup', { target: 'Shop_Visits' }),
    custom('Seen_Product', 'lookup', { target: 'Products' }),
  ],
  { ...inner, isCustom: true, generatedType: 'linking' }
)

const hidden = defineModule(
  'Old_Orders',
  [mandatory('Name', 'text', 120), picklist('State', ['open', 'done'])],
  { isCustom: true, status: 'user_hidden' }
)

export const visitModules = [visits, visitItems, seenProducts, hidden]
