/** The field that names a record, of the modules that Zoho ships. */
const titles: { [module: string]: string } = {
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

/** What a lookup to a module shows besides the id. */
export function titleField(module: string): string {
  return titles[module] ?? 'Name'
}
