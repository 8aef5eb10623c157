import { openRun } from './open_run.js'

/** Run by the kill test: writes batch after batch of new rows, and says when one is through. */
const BATCH = 50
const { write } = await openRun(process.argv[2] ?? '')
const begin = Number(process.argv[3])
for (let batch = begin; ; batch += 1) {
  await write(
    Array.from({ length: BATCH }, (_, at) => ({ id: batch * BATCH + at, name: 'n'.repeat(20_000) }))
  )
  process.stdout.write(`${batch + 1}\n`)
}
