import { custom, defineField, lookup, mandatory, picklist } from './define_field.js'
import { defineModule } from './module_definition.js'

const salutations = ['Mr.', 'Mrs.', 'Ms.', 'Dr.', 'Prof.']
const leadSources = [
  'Advertisement',
  'Cold Call',
  'Employee Referral',
  'External Referral',
  'Online Store',
  'Partner',
  'Public Relations',
  'Trade Show',
  'Web Download',
  'Web Research',
]
const industries = ['ASP', 'Communications', 'Education', 'Government', 'Manufacturing', 'Retail']
const sourceId = custom('Source_Id', 'text', { length: 100, isUnique: true })

const address = (prefix: string) =>
  ['Street', 'City', 'State', 'Zip', 'Country'].map((part) =>
    defineField(`${prefix}${part}`, 'text', { length: part === 'Street' ? 250 : 100 })
  )

const leads = defineModule(
  'Leads',
  [
    mandatory('Last_Name', 'text', 80),
    defineField('First_Name', 'text', { length: 40 }),
    defineField('Full_Name', 'text', { length: 80, isReadOnly: true }),
    picklist('Salutation', salutations),
    defineField('Company', 'text', { length: 200 }),
    defineField('Designation', 'text', { length: 100 }),
    defineField('Email', 'email'),
    defineField('Secondary_Email', 'email'),
    defineField('Phone', 'phone'),
    defineField('Mobile', 'phone'),
    defineField('Website', 'website'),
    picklist('Lead_Source', leadSources),
    picklist('Lead_Status', ['Attempted to Contact', 'Contacted', 'Junk Lead', 'Not Contacted']),
    picklist('Industry', industries),
    defineField('No_of_Employees', 'integer'),
    defineField('Annual_Revenue', 'currency'),
    defineField('Email_Opt_Out', 'boolean'),
    ...address(''),
    defineField('Description', 'textarea', { length: 32000 }),
    sourceId,
  ],
  { duplicateField: 'Email' }
)

const contacts = defineModule(
  'Contacts',
  [
    mandatory('Last_Name', 'text', 80),
    defineField('First_Name', 'text', { length: 40 }),
    defineField('Full_Name', 'text', { length: 80, isReadOnly: true }),
    picklist('Salutation', salutations),
    lookup('Account_Name', 'Accounts'),
    defineField('Title', 'text', { length: 100 }),
    defineField('Department', 'text', { length: 50 }),
    defineField('Email', 'email'),
    defineField('Secondary_Email', 'email'),
    defineField('Phone', 'phone'),
    defineField('Mobile', 'phone'),
    defineField('Date_of_Birth', 'date'),
    picklist('Lead_Source', leadSources),
    defineField('Email_Opt_Out', 'boolean'),
    ...address('Mailing_'),
    defineField('Description', 'textarea', { length: 32000 }),
    sourceId,
  ],
  { duplicateField: 'Email' }
)

const accounts = defineModule('Accounts', [
  mandatory('Account_Name', 'text', 200),
  defineField('Account_Number', 'bigint'),
  picklist('Account_Type', ['Analyst', 'Competitor', 'Customer', 'Distributor', 'Partner']),
  lookup('Parent_Account', 'Accounts'),
  defineField('Phone', 'phone'),
  defineField('Website', 'website'),
  picklist('Industry', industries),
  defineField('Annual_Revenue', 'currency'),
  defineField('Employees', 'integer'),
  ...address('Billing_'),
  ...address('Shipping_'),
  defineField('Description', 'textarea', { length: 32000 }),
])

const vendors = defineModule('Vendors', [
  mandatory('Vendor_Name', 'text', 120),
  defineField('Email', 'email'),
  defineField('Phone', 'phone'),
  defineField('Website', 'website'),
  picklist('Category', ['Components', 'Services', 'Software']),
  ...address(''),
  defineField('Description', 'textarea', { length: 32000 }),
])

export const peopleModules = [leads, contacts, accounts, vendors]
