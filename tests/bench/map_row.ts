import type { ShopRow } from './shop_row.js'

const stages: Record<string, string> = {
  paid: 'Closed Won',
  shipped: 'Closed Won',
  cancelled: 'Closed Lost',
}

export const dealColumns = [
  'Order_Ref',
  'Deal_Name',
  'Amount',
  'Closing_Date',
  'Stage',
  'Customer_Email',
  'Customer_Phone',
  'City',
  'Country',
  'Item_Count',
  'Is_Gift',
  'Description',
] as const

export type Deal = Record<(typeof dealColumns)[number], string | number | boolean | null>

/** The mapping of `service.ts`, by hand: what somebody would write who needs it once. */
export function mapRow(row: ShopRow): Deal {
  return {
    Order_Ref: row.number,
    Deal_Name: (row.customer_name + ' #' + row.number).slice(0, 120),
    Amount: Number(row.total),
    Closing_Date: row.ordered_at.slice(0, 10),
    Stage: stages[row.status] ?? 'Qualification',
    Customer_Email: row.customer_email === '' ? null : row.customer_email,
    Customer_Phone: row.phone,
    City: row.city,
    Country: row.country,
    Item_Count: row.item_count,
    Is_Gift: row.is_gift === 1,
    Description: row.notes,
  }
}

/** The same with what the four formulas of the bench work out. */
export function mapByFormulas(row: ShopRow): Deal {
  return {
    ...mapRow(row),
    Customer_Phone: (row.phone ?? '').trim(),
    City: row.city + ', ' + row.country,
  }
}
