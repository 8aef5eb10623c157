import { defineTemplate } from '#sdk'

export default defineTemplate({
  title: 'Shop orders to Zoho deals',
  description:
    'Every order becomes a deal, found again by its order number. Run it as often as you like: what has not changed costs nothing.',
  roles: {
    shop: { title: "The shop's database", connectors: ['mysql', 'sqlite'] },
    zoho: { title: 'Zoho CRM', connectors: ['zoho_crm'] },
  },
  service: {
    name: 'orders-to-deals',
    kind: 'import',
    source: { connection: 'shop', stream: 'orders' },
    target: {
      connection: 'zoho',
      stream: 'Deals',
      operation: 'upsert',
      match: { by: 'fields', fields: ['Order_Ref'] },
    },
    mapping: [
      { to: 'Order_Ref', from: 'number' },
      { to: 'Deal_Name', formula: 'trim(source.number + " " + text(source.customer_name))' },
      { to: 'Amount', from: 'total', as: 'decimal' },
      { to: 'Closing_Date', from: 'ordered_at', as: 'date', timezone: 'Europe/Berlin' },
      {
        to: 'Stage',
        when: [
          { if: 'source.status == "paid" || source.status == "shipped"', value: 'Closed Won' },
          { if: 'source.status == "cancelled"', value: 'Closed Lost' },
        ],
        default: 'Qualification',
      },
      { to: 'Order_Status', from: 'status', as: 'picklist', table: { draft: 'new' } },
      { to: 'Customer_Email', from: 'customer_email' },
      { to: 'Phone_Number', from: 'phone' },
      { to: 'Item_Count', from: 'item_count', as: 'integer' },
      { to: 'Discount', from: 'discount', as: 'decimal' },
      { to: 'Is_Gift', from: 'is_gift', as: 'boolean' },
      { to: 'Ordered_At', from: 'ordered_at', as: 'datetime', timezone: 'Europe/Berlin' },
      { to: 'Shipping_City', from: 'city' },
      { to: 'Shipping_Country', from: 'country', table: { UK: 'GB', EL: 'GR' } },
      { to: 'Order_Notes', from: 'notes' },
    ],
  },
})
