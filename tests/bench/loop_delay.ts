import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

/** Loaded before the server: on SIGUSR2 it writes how late the main event loop was, and begins anew. */
if (isMainThread && process.env.BENCH_LOOP_FILE) {
  const file = process.env.BENCH_LOOP_FILE
  const resolution = 5
  const delay = monitorEventLoopDelay({ resolution })
  delay.enable()
  process.on('SIGUSR2', () => {
    const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolution)
    writeFileSync(file, JSON.stringify({ p99: late(delay.percentile(99)), max: late(delay.max) }))
    delay.reset()
  })
}
