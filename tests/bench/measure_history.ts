import { runOurs } from './child.js'
import type { HistoryTimes } from './history_times.js'
import type { Storage } from './options.js'
import type { Verdicts } from './verdicts.js'
import type { Yard } from './yard.js'

const most = 200
const runs = 500_000
const quickRuns = 20_000

export interface History extends HistoryTimes {
  storage: Storage
}

/** Pages of the execution history among half a million runs, in a process and database of their own. */
export async function measureHistory(
  yard: Yard,
  storage: Storage,
  { verdicts, isQuick }: { verdicts: Verdicts; isQuick: boolean }
): Promise<History> {
  const args = [`--runs=${isQuick ? quickRuns : runs}`]
  const env = { DB_CONNECTION: storage, CROSSDOCK_TEST_MYSQL: yard.mariadb.url }
  const { code, stdout, stderr } = await runOurs('tests/bench/history_times.ts', args, env)
  if (code !== 0) throw new Error(`The history could not be measured:\n${stderr}`)
  const times = JSON.parse(stdout.slice(stdout.indexOf('{'))) as HistoryTimes
  const slowest = Math.max(...times.pages.map(({ p95 }) => p95))
  verdicts.judge(
    `history of ${times.runs} runs on ${storage}: the slowest page takes ${slowest.toFixed(0)} ms at p95, under ${most}`,
    slowest < most
  )
  return { storage, ...times }
}
