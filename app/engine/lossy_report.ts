import { noCounters } from './counters.js'
import { LossyCount, type RowLosses } from './lossy_count.js'
import { prepare } from './prepare.js'
import { byCalls } from './preview_plan.js'
import { Run } from './run.js'
import { readPages, readQuery } from './source.js'
import type { SyncInput } from './sync_input.js'

export interface LossyReport {
  /** Records that the service's filter lets through. */
  records: number
  /** False where the source holds more than was looked at. */
  isWhole: boolean
  rows: RowLosses[]
}

export interface LossyWish {
  /** Records that are looked at. */
  most: number
  /** Milliseconds after which no further one is read; for ever by default. */
  within?: number
}

/** What a service's mapping would lose of the records that its source holds now. Writes nothing. */
export async function reportLosses(
  input: SyncInput,
  { most, within = Infinity }: LossyWish
): Promise<LossyReport> {
  const { transform, filter, used } = prepare(input)
  const source = { ...input.source, access: byCalls(input.source.access) }
  const run = new Run({ ...input, source, incremental: null, only: null }, noCounters())
  const count = new LossyCount(input.definition, input.source.stream, input.target.stream)
  const end = input.world.now() + within
  let [read, records] = [0, 0]
  for await (const page of readPages(run, readQuery(run, null, used, filter))) {
    run.assertGoing()
    if (input.world.now() > end) return { records, isWhole: false, rows: count.rows }
    for (const record of page.records) {
      if (read >= most) return { records, isWhole: false, rows: count.rows }
      read++
      if (transform.filter(record) !== true) continue
      records++
      count.add(record)
    }
  }
  return { records, isWhole: true, rows: count.rows }
}
