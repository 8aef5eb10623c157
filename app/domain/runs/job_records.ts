import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { execute } from '#domain/runs/driver'
import type RunBatch from '#domain/runs/run_batch'

/** Half of what MariaDB takes in one packet unless it is told otherwise. */
const PART = 8 * 1024 * 1024
const INSERT_PART = 'insert into run_batch_parts (batch_id, part, bytes) values (?, ?, ?)'

/** What of a job's sealed records its own row holds. */
export function firstPart(sealed: Buffer): Buffer {
  return sealed.subarray(0, PART)
}

/** Stores the rest of them; the job's row is there. */
export async function keepRest(
  client: QueryClientContract,
  batchId: string,
  sealed: Buffer
): Promise<void> {
  let part = 1
  for (let from = PART; from < sealed.length; from += PART) {
    await execute(client, INSERT_PART, [batchId, part++, sealed.subarray(from, from + PART)])
  }
}

/** All of a job's sealed records. */
export async function sealedRecords({ id, manifest }: RunBatch): Promise<Buffer> {
  if (manifest === null) throw new Error(`The open job ${id} has no manifest`)
  const rest: Array<{ bytes: Buffer }> = await db
    .from('run_batch_parts')
    .where('batch_id', id)
    .orderBy('part')
    .select('bytes')
  return Buffer.concat([manifest, ...rest.map(({ bytes }) => bytes)])
}

/** The job is over, or let go: nobody asks for its records any more. */
export async function closeJob(client: QueryClientContract, batchId: string): Promise<void> {
  const over = { state: 'done', manifest: null, open_service_id: null }
  await client.from('run_batches').where('id', batchId).update(over)
  await client.from('run_batch_parts').where('batch_id', batchId).delete()
}
