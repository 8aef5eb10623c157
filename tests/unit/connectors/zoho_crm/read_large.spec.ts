import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { test } from '@japa/runner'
import { jobsAt } from './read_kit.js'
import { seededOrg } from './seeded_org.js'
import { signIn } from './sign_in.js'

const COUNT = 200_000
/** The file alone is larger than this, and its rows many times. */
const HEAP = 40

test.group('zoho_crm reads much', (group) => {
  group.each.timeout(60_000)

  test('200,000 records by one job, in a heap that could not hold them', async ({
    assert,
    cleanup,
  }) => {
    const text = 'x'.repeat(200)
    const deal = (number: number) => ({
      Deal_Name: `Deal ${number}`,
      Order_Ref: `R-${number}`,
      Amount: number / 4,
      Description: text,
    })
    const quick = { bulkReadDelayMs: 0, bulkReadQueueMs: 0 }
    const { ctx, sim } = await seededOrg(cleanup, COUNT, deal, quick)
    const worker = new Worker(new URL('bulk_reader_thread.ts', import.meta.url), {
      workerData: { token: await signIn(sim), settings: ctx.settings },
      resourceLimits: { maxOldGenerationSizeMb: HEAP, maxYoungGenerationSizeMb: 8 },
    })
    cleanup(async () => void (await worker.terminate()))
    const [read] = await once(worker, 'message')
    assert.deepEqual(read, { records: COUNT, last: `R-${COUNT}` })
    assert.equal(jobsAt(sim), 1)
    assert.equal(sim.stats().credits.used, 50)
  })
})
