import { defineTemplate } from '#sdk'

export default defineTemplate({
  title: 'Won Zoho deals to invoices',
  description:
    'Every deal that is won becomes a row of the table invoices, found again by the id of the deal. The table has the columns deal_id (unique), title, customer, amount, closed_on and won_at.',
  roles: {
    zoho: { title: 'Zoho CRM', connectors: ['zoho_crm'] },
    books: { title: 'The database of invoices', connectors: ['mysql'] },
  },
  service: {
    name: 'won-deals-to-invoices',
    kind: 'export',
    source: { connection: 'zoho', stream: 'Deals', filter: 'Stage == "Closed Won"' },
    target: {
      connection: 'books',
      stream: 'invoices',
      operation: 'upsert',
      match: { by: 'fields', fields: ['deal_id'] },
    },
    mapping: [
      { id: 'deal', to: 'deal_id', from: 'id' },
      { id: 'title', to: 'title', from: 'Deal_Name', clean: ['trim'] },
      { id: 'customer', to: 'customer', from: 'Account_Name.Account_Name' },
      { id: 'amount', to: 'amount', from: 'Amount', as: 'decimal', default: '0' },
      { id: 'closed', to: 'closed_on', from: 'Closing_Date', as: 'date' },
      { id: 'won', to: 'won_at', from: 'Modified_Time', as: 'datetime' },
    ],
    incremental: { by: 'modified', column: 'Modified_Time' },
  },
})
