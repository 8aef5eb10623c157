import type { House } from './house.js'
import { checkReport } from './report.js'
import { shopOf } from './shops.js'
import type { Verdicts } from './verdicts.js'
import type { Yard } from './yard.js'

const sizes = [100, 2_000, 5_000, 5_001, 25_000, 26_000, 60_000]
const quickSizes = [100, 2_000, 5_001]

export interface Credits {
  records: number
  least: number
  planned: number
  spent: number
  charged: number
}

/** What n records cost at least: whole files of 25,000 by job, the rest by whichever is cheaper. */
function leastCredits(records: number): number {
  const rest = records % 25_000
  return 500 * Math.floor(records / 25_000) + Math.min(Math.ceil(rest / 10), 500)
}

export async function measureCredits(
  yard: Yard,
  house: House,
  { verdicts, isQuick }: { verdicts: Verdicts; isQuick: boolean }
): Promise<Credits[]> {
  const all: Credits[] = []
  for (const records of isQuick ? quickSizes : sizes) {
    const shop = await shopOf(yard.mariadb, records)
    await yard.resetStats()
    const { credits } = checkReport(await house.run(`credits-${records}`, shop), records)
    const { credits: charged } = await yard.stats()
    const least = leastCredits(records)
    all.push({ records, least, ...credits, charged })
    verdicts.judge(
      `${records} records cost ${charged} credits: the least is ${least}, planned ${credits.planned}, spent ${credits.spent}`,
      [charged, credits.planned, credits.spent].every((value) => value === least)
    )
  }
  return all
}
