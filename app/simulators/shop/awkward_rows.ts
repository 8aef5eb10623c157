import type { ShopOrder } from './shop_order.js'

export type Awkwardness =
  | 'long name'
  | 'emoji name'
  | 'empty mail'
  | 'mail without @'
  | 'bad date'
  | 'same number'
  | 'unknown country'
  | 'long note'
  | 'draft'

export interface AwkwardRow {
  id: number
  how: Awkwardness
}

const note = 'The customer writes at length, and means every word of it. '

/** The places are fixed, so that a test of any size of shop knows its awkward rows. */
const places: Array<{ how: Awkwardness; at: number; every?: number; change: Partial<ShopOrder> }> =
  [
    {
      how: 'emoji name',
      at: 3,
      every: 1000,
      change: { customer_name: '🦊 Ada 👩‍👩‍👧‍👦 Löwenherz 🚀' },
    },
    {
      how: 'long name',
      at: 7,
      change: { customer_name: 'Donaudampfschifffahrtsgesellschaft '.repeat(8).trim() },
    },
    { how: 'empty mail', at: 11, every: 1000, change: { customer_email: '' } },
    { how: 'mail without @', at: 13, change: { customer_email: 'ring.me.instead' } },
    { how: 'bad date', at: 17, change: { ordered_at: '2026-02-30 10:00:00' } },
    { how: 'same number', at: 23, change: { number: 'SO-000019' } },
    { how: 'unknown country', at: 29, change: { country: 'XX', city: 'Atlantis' } },
    { how: 'long note', at: 31, change: { notes: note.repeat(36).slice(0, 2100) } },
    { how: 'draft', at: 37, every: 500, change: { status: 'draft' } },
    { how: 'draft', at: 41, change: { status: 'draft' } },
  ]

/** Which rows of a shop of this size are awkward, and how. Number 23 repeats the number of 19. */
export function describeAwkwardRows(records: number): AwkwardRow[] {
  return places
    .flatMap(({ how, at, every = records }) => {
      const ids: AwkwardRow[] = []
      for (let id = at; id <= records; id += every) ids.push({ id, how })
      return ids
    })
    .sort((a, b) => a.id - b.id)
}

export function makeAwkward(order: ShopOrder): ShopOrder {
  const place = places.find(({ at, every }) => (every ? order.id % every === at : order.id === at))
  return place ? { ...order, ...place.change } : order
}
