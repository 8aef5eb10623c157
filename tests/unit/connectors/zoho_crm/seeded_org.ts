import { closeSync, openSync, writeSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RecordValues } from '#sdk'
import type { SimulatorOptions } from '#simulators/zoho/options'
import { IdSource } from '#simulators/zoho/store/id_source'
import { openOrg } from './open_org.js'

const SEED = 1

function lineOf(ids: IdSource, seq: number, values: RecordValues) {
  const how = { module: 'Deals', action: 'insert', via: 'rest', match: null, trigger: [], by: null }
  const at = Date.now() - 3_600_000 + Math.floor(seq / 100)
  return JSON.stringify({ seq, at, id: ids.next(), changed: true, values, ...how })
}

/** An org that holds so many deals from the start, without a call for each hundred. */
export async function seededOrg(
  cleanup: (close: () => Promise<void>) => void,
  count: number,
  deal: (number: number) => RecordValues,
  options: Partial<SimulatorOptions> = {}
) {
  const folder = await mkdtemp(join(tmpdir(), 'crossdock-deals-'))
  cleanup(() => rm(folder, { recursive: true, force: true }))
  const persistFile = join(folder, 'truth')
  const ids = new IdSource(SEED)
  const file = openSync(persistFile, 'w')
  for (let from = 0; from < count; from += 1000) {
    const size = Math.min(1000, count - from)
    const lines = Array.from({ length: size }, (_, at) =>
      lineOf(ids, from + at + 1, deal(from + at + 1))
    )
    writeSync(file, `${lines.join('\n')}\n`)
  }
  closeSync(file)
  return openOrg(cleanup, { seed: SEED, persistFile, ...options })
}
