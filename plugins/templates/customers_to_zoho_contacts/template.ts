import { defineTemplate } from '#sdk'

export default defineTemplate({
  title: 'Customers to Zoho contacts',
  description:
    'Every customer becomes a contact, found again by its mail address, and belongs to the account that has the name of its company. A customer whose account is not there waits among the failed records.',
  roles: {
    shop: { title: 'The database of customers', connectors: ['mysql', 'sqlite'] },
    zoho: { title: 'Zoho CRM', connectors: ['zoho_crm'] },
  },
  service: {
    name: 'customers-to-contacts',
    kind: 'import',
    source: { connection: 'shop', stream: 'customers', filter: 'email != null' },
    target: {
      connection: 'zoho',
      stream: 'Contacts',
      operation: 'upsert',
      match: { by: 'fields', fields: ['Email'] },
    },
    mapping: [
      {
        id: 'email',
        to: 'Email',
        from: 'email',
        clean: ['trim', 'lower'],
        check: { required: true },
      },
      {
        id: 'last-name',
        to: 'Last_Name',
        from: 'last_name',
        clean: ['trim', 'collapse'],
        default: 'Unknown',
      },
      { id: 'first-name', to: 'First_Name', from: 'first_name', clean: ['trim', 'collapse'] },
      { id: 'account', to: 'Account_Name', from: 'company', as: 'lookup', by: 'Account_Name' },
      { id: 'phone', to: 'Phone', from: 'phone', clean: ['trim'] },
      { id: 'city', to: 'Mailing_City', from: 'city' },
      { id: 'country', to: 'Mailing_Country', from: 'country', table: { UK: 'GB', EL: 'GR' } },
    ],
    incremental: { by: 'modified', column: 'updated_at' },
  },
})
