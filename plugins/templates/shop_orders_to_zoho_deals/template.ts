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
      { id: 'number', to: 'Order_Ref', from: 'number' },
      {
        id: 'name',
        to: 'Deal_Name',
        formula: 'trim(source.number + " " + text(source.customer_name))',
      },
      { id: 'amount', to: 'Amount', from: 'total', as: 'decimal' },
      {
        id: 'closing',
        to: 'Closing_Date',
        from: 'ordered_at',
        as: 'date',
        timezone: 'Europe/Berlin',
      },
      {
        id: 'stage',
        to: 'Stage',
        when: [
          { if: 'source.status == "paid" || source.status == "shipped"', value: 'Closed Won' },
          { if: 'source.status == "cancelled"', value: 'Closed Lost' },
        ],
        default: 'Qualification',
      },
      { id: 'status', to: 'Order_Status', from: 'status', as: 'picklist', table: { draft: 'new' } },
      { id: 'email', to: 'Customer_Email', from: 'customer_email' },
      { id: 'phone', to: 'Phone_Number', from: 'phone' },
      { id: 'items', to: 'Item_Count', from: 'item_count', as: 'integer' },
      { id: 'discount', to: 'Discount', from: 'discount', as: 'decimal' },
      { id: 'gift', to: 'Is_Gift', from: 'is_gift', as: 'boolean' },
      {
        id: 'ordered',
        to: 'Ordered_At',
        from: 'ordered_at',
        as: 'datetime',
        timezone: 'Europe/Berlin',
      },
      { id: 'city', to: 'Shipping_City', from: 'city' },
      { id: 'country', to: 'Shipping_Country', from: 'country', table: { UK: 'GB', EL: 'GR' } },
      { id: 'notes', to: 'Order_Notes', from: 'notes' },
    ],
  },
})
