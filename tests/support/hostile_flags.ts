import type { Flagging, RecordValues } from '#sdk'
import type { HostileShop } from './hostile_shop.js'

/** Flags things as they were read, unless `broken` names the clause about it: then whatever they hold. */
export function hostileFlagging(shop: HostileShop, broken: string | null): Flagging {
  const isAsRead = (read: RecordValues, thing: RecordValues, field: string) =>
    Object.keys(read).every((name) => name === field || read[name] === thing[name])
  return {
    maxRecords: 10,
    async flag(_ctx, { field, value, records }) {
      return records.map((read) => {
        const thing = shop.things.get(Number(read.id))
        if (thing === undefined) return 'gone'
        if (broken !== 'C23' && !isAsRead(read, thing, field)) return 'changed'
        shop.things.set(Number(read.id), { ...thing, [field]: value })
        return 'flagged'
      })
    },
  }
}
