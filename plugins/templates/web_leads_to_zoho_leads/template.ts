import { defineTemplate } from '#sdk'

export default defineTemplate({
  title: 'Web leads from a CSV file',
  description:
    'Every row of the file becomes a lead, found again by its mail address. The file has the columns email, first_name, last_name, company, phone, city, country and message.',
  roles: {
    file: { title: 'The file of leads', connectors: ['csv'] },
    zoho: { title: 'Zoho CRM', connectors: ['zoho_crm'] },
  },
  service: {
    name: 'web-leads-to-leads',
    kind: 'import',
    source: { connection: 'file', stream: 'leads.csv' },
    target: {
      connection: 'zoho',
      stream: 'Leads',
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
      { id: 'company', to: 'Company', from: 'company', clean: ['trim', 'collapse'] },
      { id: 'phone', to: 'Phone', from: 'phone', clean: ['trim'] },
      { id: 'city', to: 'City', from: 'city', clean: ['trim'] },
      { id: 'country', to: 'Country', from: 'country', clean: ['trim'] },
      { id: 'message', to: 'Description', from: 'message', clean: ['trim'] },
      { id: 'lead-source', to: 'Lead_Source', value: 'Web Download' },
    ],
  },
})
