import type { RecordValues, Search } from '#sdk'
import type { HostileShop } from './hostile_shop.js'

/** Finds what was written, whatever capitals it is written in, unless that is the clause to break. */
export function hostileSearch(shop: HostileShop, broken: string | null): Search {
  const form = (value: RecordValues[string]) =>
    broken === 'C24' ? String(value) : String(value).toLowerCase()
  return {
    maxRecords: 10,
    concurrency: 1,
    cost: () => 1,
    refuses: () => null,
    created: () => null,
    async find(_ctx, { fields, records, wanted }) {
      const isLike = (held: RecordValues, asked: RecordValues) =>
        fields.every((field) => form(held[field]) === form(asked[field]))
      return [...shop.written]
        .filter(([, held]) => records.some((asked) => isLike(held, asked)))
        .map(([id, held]) => ({
          id,
          values: Object.fromEntries(wanted.map((name) => [name, held[name] ?? null])),
        }))
    },
  }
}
