import type { House } from './house.js'
import { checkReport } from './report.js'
import { shopOf } from './shops.js'
import type { Verdicts } from './verdicts.js'
import type { Yard } from './yard.js'

export interface Memory {
  records: number
  megabytes: number
  seconds: number
}

/** Runs after which a new server holds what it goes on to hold: code, heaps, the ledger's cache. */
const WARM_UPS = 3
/** Their largest peak counts: a run of a million rows has ten times as long to find its own. */
const SMALL_RUNS = 3

/** Peak resident size of a run of a million rows against runs of 100,000, after a warm-up. */
export async function measureMemory(
  yard: Yard,
  house: House,
  verdicts: Verdicts
): Promise<Memory[]> {
  for (let round = 1; round <= WARM_UPS; round++) {
    await peakOf(yard, house, { records: 100_000, name: `memory-warm-up-${round}` })
  }
  const smalls: Memory[] = []
  for (let round = 1; round <= SMALL_RUNS; round++) {
    smalls.push(await peakOf(yard, house, { records: 100_000, name: `memory-small-${round}` }))
  }
  const [small] = smalls.toSorted((a, b) => b.megabytes - a.megabytes)
  const large = await peakOf(yard, house, { records: 1_000_000, name: 'memory-large' })
  const growth = large.megabytes / small.megabytes
  verdicts.judge(
    `a million rows take ${growth.toFixed(2)} of the memory of 100,000, at most 1.10`,
    growth <= 1.1
  )
  return [small, large]
}

async function peakOf(
  yard: Yard,
  house: House,
  { records, name }: { records: number; name: string }
): Promise<Memory> {
  const shop = await shopOf(yard.mariadb, records)
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, house.residentBytes())
  }, 100)
  try {
    const { seconds } = checkReport(await house.run(name, shop), records)
    return { records, megabytes: Math.round(peak / 1024 / 1024), seconds }
  } finally {
    clearInterval(watch)
  }
}
