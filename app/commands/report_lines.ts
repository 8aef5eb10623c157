import { amount } from '#engine/amount'
import { plannedAgainText } from '#domain/runs/planned_again_text'
import type { RunReport } from '#domain/runs/run_report'

const EXIT_CODES: { [state: string]: number } = {
  succeeded: 0,
  failed: 1,
  cancelled: 1,
  partial: 2,
}

/** 0 done, 1 failed, 2 partly done. */
export const exitCodeOf = (report: RunReport): number => EXIT_CODES[report.state] ?? 0

const number = (value: number) => value.toLocaleString('en')

/** A run's report for a person at a terminal. */
export function reportLines(report: RunReport): string[] {
  const outcomes = Object.entries(report.outcomes)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `  ${name.padEnd(10)} ${number(count).padStart(12)}`)
  const routes = report.routes.map(
    ({ name, calls, records }) =>
      `  ${name}: ${amount(records, 'record')} in ${amount(calls, 'call')}`
  )
  const again = plannedAgainText(report.plannedAgain ?? 0)
  return [
    `Run ${report.id} of "${report.service}": ${report.state}`,
    ...(report.error === undefined ? [] : [`  ${report.error.message}`]),
    `  ${'read'.padEnd(10)} ${number(report.read).padStart(12)}`,
    ...outcomes,
    ...(again === null ? [] : [again]),
    `Credits: ${number(report.credits.planned)} planned, ${number(report.credits.spent)} spent`,
    ...routes,
    `${report.seconds.toFixed(1)} s, ${number(report.recordsPerSecond)} records/s`,
  ]
}
