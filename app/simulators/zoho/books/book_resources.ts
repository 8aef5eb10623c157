/** A kind of document in Books, as its address and its bodies name it. */
export interface BookResource {
  path: string
  one: string
  id: string
  label: string
  required: readonly string[]
  scope: string
  /** Field that names a contact of the org. */
  contact: string | null
}

function define(path: string, label: string, required: readonly string[]): BookResource {
  const one = path.replace(/s$/, '')
  const contact = required.find((name) => name === 'customer_id' || name === 'vendor_id') ?? null
  return { path, one, id: `${one}_id`, label, required, scope: path, contact }
}

const payment = { id: 'payment_id' }

export const bookResources: readonly BookResource[] = [
  define('contacts', 'Contact', ['contact_name']),
  { ...define('items', 'Item', ['name', 'rate']), scope: 'settings' },
  define('invoices', 'Invoice', ['customer_id', 'line_items']),
  define('estimates', 'Estimate', ['customer_id', 'line_items']),
  define('salesorders', 'Sales Order', ['customer_id']),
  define('purchaseorders', 'Purchase Order', ['vendor_id', 'line_items']),
  define('bills', 'Bill', ['vendor_id', 'bill_number']),
  define('creditnotes', 'Credit Note', ['customer_id', 'line_items']),
  {
    ...define('customerpayments', 'Payment', ['customer_id', 'payment_mode', 'amount', 'date']),
    ...payment,
    one: 'payment',
  },
  { ...define('vendorpayments', 'Vendor Payment', ['vendor_id', 'amount']), ...payment },
  define('expenses', 'Expense', ['date', 'account_id', 'amount', 'paid_through_account_id']),
]
