import { join } from 'node:path'
import type { Context, RecordOutcome, RecordValues } from '#sdk'
import { contractContext } from '#tests/support/contract_context'
import connector from '../../../../plugins/connectors/csv/connector.js'

/** A run that writes `out.csv` of a folder: one context for all its batches. */
export async function openRun(folder: string) {
  const settings = { file: 'out.csv', columns: 'id, name, note', key: 'id' }
  const world = { folder, authorize: null }
  const plain = contractContext({ settings, secrets: {} }, world)
  const reads = { count: 0 }
  const ctx: Context = {
    ...plain,
    openFile(name) {
      reads.count += 1
      return plain.openFile(name)
    },
  }
  const { discover } = connector
  if (!discover) throw new Error('csv discovers')
  const stream = await discover.describe(plain, 'out.csv')
  const [route] = discover.routes?.(stream) ?? []
  if (route?.kind !== 'call') throw new Error('no route')

  function write(records: RecordValues[]): Promise<RecordOutcome[]> {
    const match = { by: 'fields' as const, fields: stream.key }
    const json = records.map((record) => JSON.stringify(record))
    const ids = records.map(() => null)
    const batch = { stream, records, match, options: {}, operation: 'upsert' as const, json, ids }
    return route.kind === 'call' ? route.send(ctx, batch) : Promise.reject(new Error('no call'))
  }
  return { write, reads, path: join(folder, 'out.csv') }
}
