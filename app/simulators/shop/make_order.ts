import { makeAwkward } from './awkward_rows.js'
import { Chance } from './chance.js'
import { lands, type Land } from './people.js'
import type { ShopOrder } from './shop_order.js'

const statuses = ['new', 'paid', 'paid', 'paid', 'shipped', 'shipped', 'cancelled'] as const
const notes = [
  'Please ring twice, the bell is shy.',
  'Bitte beim Nachbarn abgeben (2. Stock, „Weiß“).',
  'Laissez le colis à l’accueil, merci !',
  'Gift wrap: blue, no price tag.',
  '置き配でお願いします。',
  'Second order this week; "same as last time".',
]
const firstOrder = Date.UTC(2024, 10, 1)
const span = 2 * 365 * 86_400
const day = 86_400_000

/** The order with this id: the same for the same seed, whatever stands before it. */
export function makeOrder(seed: number, id: number): ShopOrder {
  const chance = new Chance(seed, id)
  const land = chance.pick(lands)
  const name = nameOf(chance, land)
  const orderedAt = firstOrder + chance.below(span) * 1000
  const cents = 199 + chance.below(chance.percent(5) ? 2_000_000 : 30_000)
  return makeAwkward({
    id,
    number: `SO-${String(id).padStart(6, '0')}`,
    customer_name: name,
    customer_email: `${mailName(name)}.${id}@example.${chance.pick(['com', 'net', 'org'])}`,
    phone: chance.percent(85) ? `${land.dial} ${1_000_000 + chance.below(8_999_999)}` : null,
    status: chance.pick(statuses),
    total: money(cents),
    discount: chance.percent(20) ? money(chance.below(5_000)) : '0.00',
    currency: land.currency,
    item_count: 1 + chance.below(12),
    is_gift: chance.percent(8) ? 1 : 0,
    ordered_at: sqlTime(orderedAt),
    city: chance.pick(land.cities),
    country: land.country,
    notes: chance.percent(15) ? chance.pick(notes) : null,
    updated_at: changedAt(chance, orderedAt),
  })
}

function nameOf(chance: Chance, { given, family, familyFirst }: Land): string {
  const first = chance.pick(given)
  const last = chance.pick(family)
  return familyFirst === undefined ? `${first} ${last}` : `${last}${familyFirst}${first}`
}

function mailName(name: string): string {
  const plain = name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]+/g, '')
  return plain.length > 2 ? plain : 'customer'
}

// A nightly job touches a fifth of them at one stroke, so that many share a time: what a cursor
// over a time column must not trip over.
function changedAt(chance: Chance, orderedAt: number): string {
  if (chance.percent(20)) return `${sqlTime(orderedAt + day).slice(0, 10)} 02:00:00.000000`
  const micros = chance.percent(50) ? 0 : chance.below(1_000_000)
  return `${sqlTime(orderedAt + chance.below(86_400) * 1000)}.${String(micros).padStart(6, '0')}`
}

function sqlTime(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ')
}

function money(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
}
