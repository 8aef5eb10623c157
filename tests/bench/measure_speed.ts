import type { House } from './house.js'
import type { Options, Storage } from './options.js'
import { checkReport, type Report } from './report.js'
import { shopOf } from './shops.js'
import type { Verdicts } from './verdicts.js'
import type { Yard } from './yard.js'

const least: Record<Storage, number> = { sqlite: 0.5, mysql: 0.4 }
const latest = 50
const routeNames = { upsert: 'upsert', bulk: 'bulk_write' } as const

export interface Speed {
  storage: Storage
  route: keyof typeof routeNames
  records: number
  ours: number
  bare: number
  ratio: number
  loop: { p99: number; max: number }
  report: Report
}

const rate = ({ records, seconds }: { records: number; seconds: number }) =>
  Math.round(records / seconds)

/** Both sides in turn, several rounds; the best of each counts, since others use this machine too. */
export async function measureSpeed(
  { yard, house, verdicts }: { yard: Yard; house: House; verdicts: Verdicts },
  { rows, rounds, isQuick }: Options,
  { storage, route }: { storage: Storage; route: keyof typeof routeNames }
): Promise<Speed> {
  const shop = await shopOf(yard.mariadb, rows)
  const bare: number[] = []
  const reports: Report[] = []
  let loop = { p99: 0, max: 0 }
  for (let round = 1; round <= rounds; round++) {
    bare.push(rate(await yard.baseline(shop, route)))
    await house.loopDelay()
    const name = `${route}-${rows}-${round}`
    reports.push(checkReport(await house.run(name, shop, routeNames[route]), rows))
    const measured = await house.loopDelay()
    if (measured.p99 > loop.p99) loop = measured
  }
  const [report] = reports.sort((a, b) => a.seconds - b.seconds)
  const ours = rate({ records: rows, seconds: report.seconds })
  const best = Math.max(...bare)
  const ratio = ours / best
  if (!isQuick) {
    verdicts.judge(
      `${route} on ${storage}: ${ratio.toFixed(2)} of the bare script, at least ${least[storage]}`,
      ratio >= least[storage]
    )
  }
  verdicts.judge(
    `${route} on ${storage}: event loop p99 ${loop.p99.toFixed(0)} ms late, under ${latest}`,
    loop.p99 < latest
  )
  return { storage, route, records: rows, ours, bare: best, ratio, loop, report }
}
