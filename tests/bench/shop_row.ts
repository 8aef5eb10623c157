import type { RowDataPacket } from 'mysql2'

/** What is read of an order: the columns that the twelve fields come from. */
export interface ShopRow extends RowDataPacket {
  id: number
  number: string
  customer_name: string
  customer_email: string
  phone: string | null
  status: string
  total: string
  item_count: number
  is_gift: number
  ordered_at: string
  city: string
  country: string
  notes: string | null
}

export const readRows =
  'SELECT id, number, customer_name, customer_email, phone, status, total, item_count, is_gift, ordered_at, city, country, notes FROM orders ORDER BY id'
