import type { Results } from './results.js'
import { tableText } from './print_table.js'
import type { Verdicts } from './verdicts.js'

const stages = ['read', 'map', 'match', 'send', 'settle'] as const

const say = (text: string) => process.stdout.write(`${text}\n`)

export function printResults(results: Results, verdicts: Verdicts): void {
  if (results.speeds.length > 0) printSpeeds(results.speeds)
  if (results.memory.length > 0) {
    say('\nPeak resident size of the server, runners with a heap of 256 MB')
    const rows = results.memory.map((each) => [each.records, each.megabytes, each.seconds])
    say(tableText(['rows', 'MB', 'seconds'], rows))
  }
  if (results.credits.length > 0) {
    say('\nCredits')
    const rows = results.credits.map((e) => [e.records, e.least, e.planned, e.spent, e.charged])
    say(tableText(['records', 'least', 'planned', 'spent', 'charged'], rows))
  }
  if (results.delays.length > 0) {
    say('\nMilliseconds from the time a slot was due to the start of its run')
    const rows = results.delays.map((each) => [each.what, each.runs, each.p50, each.p95, each.max])
    say(tableText(['services', 'runs', 'p50', 'p95', 'max'], rows))
  }
  for (const { storage, runs, bare, pages } of results.histories) {
    say(`\nMilliseconds (p95) for a page among ${runs.toLocaleString('en-US')} runs on ${storage}`)
    const rows = pages.map(({ name, p95 }) => [name, p95, p95 / bare])
    say(tableText(['page', 'p95', 'times the bare query'], rows))
  }
  if (results.simulators.length > 0) {
    say('\nThe simulator: its resident size, and milliseconds for an upsert of 100')
    const rows = results.simulators.map((e) => [e.records, e.megabytes, e.median, e.p99])
    say(tableText(['deals', 'MB', 'median', 'p99'], rows))
  }
  say('')
  for (const { promise, holds } of verdicts.all) say(`${holds ? '✔' : '✖'} ${promise}`)
}

function printSpeeds(speeds: Results['speeds']): void {
  say('\nRows per second; the bare script keeps no ledger and cannot resume')
  const head = ['storage', 'route', 'rows', 'bare', 'ours', 'ratio', 'loop p99 ms', 'loop max ms']
  const rates = speeds.map(({ storage, route, records, bare, ours, ratio, loop }) => [
    ...[storage, route, records, bare, ours, ratio],
    ...[Math.round(loop.p99), Math.round(loop.max)],
  ])
  say(tableText(head, rates))
  say('\nWhere our time goes, in milliseconds (stages overlap)')
  const times = speeds.map(({ storage, route, report }) => [
    ...[storage, route],
    ...stages.map((stage) => Math.round(report.timings?.[stage] ?? 0)),
    Math.round(report.seconds * 1000),
  ])
  say(tableText(['storage', 'route', ...stages, 'run'], times))
}
