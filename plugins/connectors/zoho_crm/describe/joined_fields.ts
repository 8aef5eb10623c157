import type { Field } from '#sdk'
import type { ModuleMetadata } from './metadata.js'

/** The field that names a record, of the modules that Zoho ships. */
const names: { [module: string]: string } = {
  Accounts: 'Account_Name',
  Campaigns: 'Campaign_Name',
  Cases: 'Subject',
  Contacts: 'Full_Name',
  Deals: 'Deal_Name',
  Invoices: 'Subject',
  Leads: 'Full_Name',
  Price_Books: 'Price_Book_Name',
  Products: 'Product_Name',
  Purchase_Orders: 'Subject',
  Quotes: 'Subject',
  Sales_Orders: 'Subject',
  Solutions: 'Solution_Title',
  Vendors: 'Vendor_Name',
}

function nameField(module: ModuleMetadata | undefined) {
  if (!module) return null
  return names[module.api_name] ?? (module.generated_type === 'custom' ? 'Name' : null)
}

/** For each lookup the name of what it points to, which queries and jobs fetch by a join. */
export function joinedFields(fields: Field[], modules: ModuleMetadata[]): Field[] {
  return fields.flatMap((field): Field[] => {
    const target = modules.find(({ api_name: name }) => name === field.lookup)
    const name = field.type === 'lookup' ? nameField(target) : null
    if (name === null) return []
    return [
      {
        name: `${field.name}.${name}`,
        label: `${field.label ?? field.name}: name`,
        type: 'text',
        maxLength: 255,
        readOnly: true,
        nullable: true,
      },
    ]
  })
}
