import { parentPort, workerData } from 'node:worker_threads'
import { setTimeout } from 'node:timers/promises'
import type { Value } from '#sdk'
import { readByBulk } from '../../../../plugins/connectors/zoho_crm/bulk_read/read_by_bulk.js'
import { dealStream } from './deal_batch.js'
import { LiveHttp } from './live_http.js'
import { asked } from './read_kit.js'
import { testContext } from './test_context.js'

interface Task {
  token: string
  settings: { [name: string]: Value }
}

/** Reads all deals in a thread of its own, whose heap the test holds small. */
async function readAll({ token, settings }: Task) {
  const ctx = testContext(new LiveHttp(async () => token), settings)
  const query = asked({ fields: ['Deal_Name', 'Order_Ref', 'Amount', 'Description'] })
  let [records, last] = [0, '']
  for await (const page of readByBulk(ctx, dealStream, query)) {
    records += page.records.length
    last = String(page.records.at(-1)?.Order_Ref ?? last)
    if (page.pollAfter !== undefined) await setTimeout(20)
  }
  return { records, last }
}

parentPort?.postMessage(await readAll(workerData as Task))
