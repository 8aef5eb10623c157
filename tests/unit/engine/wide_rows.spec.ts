import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { test } from '@japa/runner'

const LOADER = import.meta.resolve('@poppinss/ts-exec')

/** 160 MB of text, and as much again as JSON. */
const WIDE = { rows: 20_000, letters: 8_000 }
/** A job of 25,000 would have room for all; one with more than 64 MB of JSON is not waited for. */
const JOBS = { job: [8_400, 8_400, 3_200], call: [] }

test.group('wide records', () => {
  for (const by of ['job', 'call'] as const) {
    test(`go through a heap that holds a fraction of them: by ${by}`, async ({ assert }) => {
      const worker = new Worker(new URL('support/wide_rows_thread.ts', import.meta.url), {
        execArgv: [`--import=${LOADER}`, '--no-warnings'],
        workerData: { ...WIDE, by },
        resourceLimits: { maxOldGenerationSizeMb: 112, maxYoungGenerationSizeMb: 16 },
      })
      const [told] = (await once(worker, 'message')) as [object]
      assert.deepEqual(told, { created: WIDE.rows, wrong: 0, jobs: JOBS[by] })
    }).timeout(120_000)
  }
})
