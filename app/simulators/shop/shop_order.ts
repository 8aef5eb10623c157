/** One order of the demo shop, as its table holds it. */
export interface ShopOrder {
  id: number
  number: string
  customer_name: string
  customer_email: string
  phone: string | null
  status: 'new' | 'paid' | 'shipped' | 'cancelled' | 'draft'
  total: string
  discount: string
  currency: string
  item_count: number
  is_gift: 0 | 1
  ordered_at: string
  city: string
  country: string
  notes: string | null
  updated_at: string
}

export const orderColumns: ReadonlyArray<keyof ShopOrder> = [
  'id',
  'number',
  'customer_name',
  'customer_email',
  'phone',
  'status',
  'total',
  'discount',
  'currency',
  'item_count',
  'is_gift',
  'ordered_at',
  'city',
  'country',
  'notes',
  'updated_at',
]
