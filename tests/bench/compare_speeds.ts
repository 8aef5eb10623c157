import type { House } from './house.js'
import type { Storage } from './options.js'
import { checkReport, type Report } from './report.js'
import type { Verdicts } from './verdicts.js'
import type { BaselineRun } from './yard.js'

const latest = 50

export interface Speed {
  storage: Storage
  /** What was measured, as people read it. */
  route: string
  records: number
  ours: number
  bare: number
  ratio: number
  loop: { p99: number; max: number }
  report: Report
}

interface Sides {
  house: House
  bare(round: number): Promise<BaselineRun>
  ours(round: number): Promise<Report>
}

interface Course {
  title: string
  storage: Storage
  records: number
  rounds: number
}

interface Judged {
  verdicts: Verdicts
  least: number
  isQuick: boolean
}

const rate = ({ records, seconds }: { records: number; seconds: number }) =>
  Math.round(records / seconds)

/** Both sides in turn; the best round of each counts, since others use this machine too. */
export async function compareSpeeds(
  { title, storage, records, rounds }: Course,
  { verdicts, least, isQuick }: Judged,
  { house, ...sides }: Sides
): Promise<Speed> {
  const rates: number[] = []
  const reports: Report[] = []
  let loop = { p99: 0, max: 0 }
  for (let round = 1; round <= rounds; round++) {
    rates.push(rate(await sides.bare(round)))
    await house.loopDelay()
    reports.push(checkReport(await sides.ours(round), records))
    const measured = await house.loopDelay()
    if (measured.p99 > loop.p99) loop = measured
  }
  const [report] = reports.sort((a, b) => a.seconds - b.seconds)
  const ours = rate({ records, seconds: report.seconds })
  const bare = Math.max(...rates)
  const ratio = ours / bare
  if (!isQuick) {
    verdicts.judge(
      `${title} on ${storage}: ${ratio.toFixed(2)} of the bare script, at least ${least}`,
      ratio >= least
    )
  }
  verdicts.judge(
    `${title} on ${storage}: event loop p99 ${loop.p99.toFixed(0)} ms late, under ${latest}`,
    loop.p99 < latest
  )
  return { storage, route: title, records, ours, bare, ratio, loop, report }
}
