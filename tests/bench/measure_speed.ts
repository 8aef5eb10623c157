import { compareSpeeds, type Speed } from './compare_speeds.js'
import type { House } from './house.js'
import type { Options, Storage } from './options.js'
import { shopOf } from './shops.js'
import type { Verdicts } from './verdicts.js'
import type { Yard } from './yard.js'

const least: Record<Storage, number> = { sqlite: 0.5, mysql: 0.4 }
const leastOfFormulas = 0.35
const routeNames = { upsert: 'upsert', bulk: 'bulk_write' } as const

interface Course {
  storage: Storage
  route: keyof typeof routeNames
  hasFormulas?: boolean
}

/** Both sides in turn, several rounds. */
export async function measureSpeed(
  { yard, house, verdicts }: { yard: Yard; house: House; verdicts: Verdicts },
  { rows, rounds, isQuick }: Options,
  { storage, route, hasFormulas = false }: Course
): Promise<Speed> {
  const shop = await shopOf(yard.mariadb, rows)
  const title = hasFormulas ? `formulas, ${route}` : route
  const name = title.replace(', ', '-')
  return compareSpeeds(
    { title, storage, records: rows, rounds },
    { verdicts, least: hasFormulas ? leastOfFormulas : least[storage], isQuick },
    {
      house,
      bare: () => yard.baseline(shop, route, hasFormulas ? 'formulas' : 'plain'),
      ours: (round) =>
        house.run(`${name}-${rows}-${round}`, shop, routeNames[route], { hasFormulas }),
    }
  )
}
