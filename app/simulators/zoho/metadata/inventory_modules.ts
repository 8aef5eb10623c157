import { defineField, lookup, mandatory, picklist } from './define_field.js'
import { defineModule } from './module_definition.js'

const text = { length: 32_000 }

/** Lines of a document, each about a product. */
function lines(apiName: string, parent: string) {
  return defineModule(
    apiName,
    [
      lookup('Product_Name', 'Products', { isMandatory: true }),
      defineField('Quantity', 'double', { isMandatory: true }),
      defineField('List_Price', 'currency'),
      defineField('Discount', 'currency'),
      defineField('Total', 'formula'),
      defineField('Description', 'textarea', text),
      lookup('Parent_Id', parent),
    ],
    {
      isUpsertable: false,
      isBulkWritable: false,
      duplicateField: null,
      generatedType: 'subform',
      parent,
    }
  )
}

function document(apiName: string, linesName: string, more: ReturnType<typeof defineField>[]) {
  const module = defineModule(
    apiName,
    [
      mandatory('Subject', 'text', 255),
      ...more,
      defineField('Due_Date', 'date'),
      defineField('Grand_Total', 'formula'),
      defineField('Description', 'textarea', text),
      defineField(linesName, 'subform', {
        isMandatory: true,
        child: { module: linesName, parent: 'Parent_Id', other: null },
      }),
    ],
    { isBulkWritable: false }
  )
  return [module, lines(linesName, apiName)]
}

const account = lookup('Account_Name', 'Accounts')
const contact = lookup('Contact_Name', 'Contacts')
const deal = lookup('Deal_Name', 'Deals')

/** Documents with line items, which bulk write does not take. */
export const inventoryModules = [
  ...document('Quotes', 'Quoted_Items', [
    picklist('Quote_Stage', ['Draft', 'Negotiation', 'Delivered', 'Confirmed']),
    account,
    contact,
    deal,
  ]),
  ...document('Sales_Orders', 'Ordered_Items', [
    picklist('Status', ['Created', 'Approved', 'Delivered', 'Cancelled']),
    account,
    contact,
    deal,
  ]),
  ...document('Purchase_Orders', 'Purchased_Items', [
    lookup('Vendor_Name', 'Vendors', { isMandatory: true }),
    picklist('Status', ['Created', 'Approved', 'Delivered', 'Cancelled']),
    contact,
  ]),
  ...document('Invoices', 'Invoiced_Items', [
    picklist('Status', ['Created', 'Approved', 'Delivered', 'Cancelled']),
    account,
    contact,
  ]),
]
