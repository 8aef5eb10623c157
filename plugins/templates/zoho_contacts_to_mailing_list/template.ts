import { defineTemplate } from '#sdk'

export default defineTemplate({
  title: 'Zoho contacts to a mailing list',
  description:
    'Every contact with a mail address becomes a row of the table mailing_list, found again by the id of the contact; whoever wants no mail has subscribed = 0. The table has the columns contact_id (unique), email, first_name, last_name, company, country, subscribed and changed_at.',
  roles: {
    zoho: { title: 'Zoho CRM', connectors: ['zoho_crm'] },
    mailing: { title: 'The database of mailings', connectors: ['mysql'] },
  },
  service: {
    name: 'contacts-to-mailing-list',
    kind: 'export',
    source: { connection: 'zoho', stream: 'Contacts', filter: 'Email != null' },
    target: {
      connection: 'mailing',
      stream: 'mailing_list',
      operation: 'upsert',
      match: { by: 'fields', fields: ['contact_id'] },
    },
    mapping: [
      { id: 'contact', to: 'contact_id', from: 'id' },
      { id: 'email', to: 'email', from: 'Email', clean: ['trim', 'lower'] },
      { id: 'first-name', to: 'first_name', from: 'First_Name' },
      { id: 'last-name', to: 'last_name', from: 'Last_Name' },
      { id: 'company', to: 'company', from: 'Account_Name.Account_Name' },
      { id: 'country', to: 'country', from: 'Mailing_Country' },
      {
        id: 'subscribed',
        to: 'subscribed',
        when: [{ if: 'source.Email_Opt_Out == true', value: false }],
        default: true,
      },
      { id: 'changed', to: 'changed_at', from: 'Modified_Time', as: 'datetime' },
    ],
    incremental: { by: 'modified', column: 'Modified_Time' },
  },
})
