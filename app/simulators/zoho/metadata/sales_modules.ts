import { custom, defineField, lookup, mandatory, picklist } from './define_field.js'
import { defineModule } from './module_definition.js'

const stages = [
  'Qualification',
  'Needs Analysis',
  'Value Proposition',
  'Identify Decision Makers',
  'Proposal/Price Quote',
  'Negotiation/Review',
  'Closed Won',
  'Closed Lost',
  'Closed-Lost to Competition',
]

const orderFields = [
  custom('Order_Ref', 'text', { length: 50, isUnique: true }),
  custom('Customer_Email', 'email'),
  custom('Order_Status', 'picklist', { values: ['new', 'paid', 'shipped', 'cancelled'] }),
  custom('Item_Count', 'integer'),
  custom('Discount', 'double'),
  custom('Is_Gift', 'boolean'),
  custom('Ordered_At', 'datetime'),
  custom('Shipping_City', 'text', { length: 80 }),
  custom('Shipping_Country', 'text', { length: 2 }),
  custom('Phone_Number', 'phone'),
  custom('Order_Notes', 'textarea'),
]

const deals = defineModule('Deals', [
  mandatory('Deal_Name', 'text', 120),
  picklist('Stage', stages, { isMandatory: true }),
  defineField('Amount', 'currency'),
  defineField('Closing_Date', 'date'),
  lookup('Account_Name', 'Accounts'),
  lookup('Contact_Name', 'Contacts'),
  lookup('Campaign_Source', 'Campaigns'),
  picklist('Type', ['Existing Business', 'New Business']),
  picklist('Lead_Source', ['Cold Call', 'Online Store', 'Partner', 'Trade Show']),
  defineField('Next_Step', 'text', { length: 100 }),
  defineField('Probability', 'percent'),
  defineField('Expected_Revenue', 'currency', { isReadOnly: true }),
  defineField('Description', 'textarea', { length: 32000 }),
  ...orderFields,
])

const products = defineModule('Products', [
  mandatory('Product_Name', 'text', 200),
  defineField('Product_Code', 'text', { length: 40 }),
  defineField('Product_Active', 'boolean'),
  picklist('Product_Category', ['Hardware', 'Software', 'CRM Applications']),
  lookup('Vendor_Name', 'Vendors'),
  defineField('Unit_Price', 'currency'),
  defineField('Commission_Rate', 'currency'),
  defineField('Qty_in_Stock', 'double'),
  defineField('Sales_Start_Date', 'date'),
  defineField('Taxable', 'boolean'),
  defineField('Tax', 'multiselectpicklist', { values: ['Sales Tax', 'Vat'] }),
  defineField('Description', 'textarea', { length: 32000 }),
  custom('External_Product_Id', 'text', { length: 80, isUnique: true, external: 'org' }),
])

const campaigns = defineModule('Campaigns', [
  mandatory('Campaign_Name', 'text', 200),
  picklist('Type', ['Advertisement', 'Conference', 'Email', 'Webinar']),
  picklist('Status', ['Planning', 'Active', 'Inactive', 'Complete']),
  defineField('Start_Date', 'date'),
  defineField('End_Date', 'date'),
  defineField('Expected_Revenue', 'currency'),
  defineField('Budgeted_Cost', 'currency'),
  defineField('Actual_Cost', 'currency'),
  defineField('Num_sent', 'bigint'),
  defineField('Description', 'textarea', { length: 32000 }),
])

const shopItems = defineModule(
  'Shop_Items',
  [
    mandatory('Name', 'text', 120),
    custom('SKU', 'text', { length: 60, isUnique: true }),
    custom('Barcode', 'text', { length: 40, isUnique: true }),
    custom('Price', 'currency'),
    custom('Quantity', 'integer'),
    custom('Is_Active', 'boolean'),
    custom('Released_On', 'date'),
    custom('Item_Notes', 'textarea'),
    defineField('Email', 'email'),
    custom('Deal', 'lookup', { target: 'Deals' }),
  ],
  { isCustom: true }
)

const priceBooks = defineModule('Price_Books', [
  mandatory('Price_Book_Name', 'text', 120),
  picklist('Pricing_Model', ['Flat', 'Differential']),
  defineField('Pricing_Details', 'pricing', { isMandatory: true }),
  defineField('Active', 'boolean'),
  defineField('Description', 'textarea', { length: 32000 }),
])

export const salesModules = [deals, products, campaigns, shopItems]

/** Apart, so that the ids of the others stay what they were. */
export const laterModules = [priceBooks]
