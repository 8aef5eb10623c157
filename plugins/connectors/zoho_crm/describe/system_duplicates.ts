/** The field by which Zoho itself looks for duplicates in an upsert; it need not be unique. */
const fields: { [module: string]: string } = {
  Leads: 'Email',
  Contacts: 'Email',
  Accounts: 'Account_Name',
  Deals: 'Deal_Name',
  Campaigns: 'Campaign_Name',
  Cases: 'Subject',
  Quotes: 'Subject',
  Sales_Orders: 'Subject',
  Purchase_Orders: 'Subject',
  Invoices: 'Subject',
  Solutions: 'Solution_Title',
  Products: 'Product_Name',
  Vendors: 'Vendor_Name',
  Price_Books: 'Price_Book_Name',
}

/** Modules that know no upsert, and so look for no duplicates. */
const NONE = ['Tasks', 'Events', 'Calls', 'Notes', 'Attachments']

export function isSystemDuplicate(module: string, field: string): boolean {
  if (NONE.includes(module)) return false
  return (fields[module] ?? 'Name') === field
}
