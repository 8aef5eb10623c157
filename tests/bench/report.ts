/** What `service:run --wait --json` prints; only what the bench reads. */
export interface Report {
  state: string
  read: number
  outcomes: Record<string, number>
  credits: { planned: number; spent: number }
  routes: Array<{ name: string; calls: number; records: number }>
  seconds: number
  recordsPerSecond: number
  timings: Record<'read' | 'map' | 'match' | 'send' | 'settle', number> | null
  error?: { kind: string; message: string }
}

/** The awkward rows of the shop that Zoho could not take, with room to spare. */
const faulty = 10

/** Fails unless every record of the shop came to an end in one outcome, and nearly all arrived. */
export function checkReport(report: Report, records: number): Report {
  const { created = 0, updated = 0 } = report.outcomes
  if (report.read === records && created + updated >= records - faulty) return report
  throw new Error(
    `The run of ${records} records ended ${report.state}: read ${report.read}, ${JSON.stringify(report.outcomes)} ${report.error?.message ?? ''}`
  )
}
