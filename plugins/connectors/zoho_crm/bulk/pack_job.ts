import { ConnectorError, type Context, type WriteBatch } from '#sdk'
import { type ChildFile, childFiles } from './child_files.js'
import { FILE_NAME } from './job_body.js'
import { type BulkFile, planFile, type Sending } from './plan_file.js'
import { plainFile } from './compose_lines.js'
import { keyReader } from './key_reader.js'
import { headerOf, writeCsv } from './write_csv.js'
import { zipFiles } from './zip_files.js'

const MEGABYTE = 1024 * 1024
const MOST_BYTES = 25 * MEGABYTE
/** Records differ in size, so a smaller file aims a little below what fits. */
const MARGIN = 0.9

export interface PackedJob {
  file: BulkFile
  children: ChildFile[]
  zip: Buffer
  /** Records in the file, where there was no room for all; else null. */
  count: number | null
}

/** A zip that Zoho takes. What does not fit into it waits for another job. */
export async function packJob(
  ctx: Context,
  batch: WriteBatch,
  sending: Sending,
  mostBytes = MOST_BYTES
): Promise<PackedJob> {
  let count: number | null = null
  for (;;) {
    const file = planFile(batch, { ...sending, count })
    const children = await childFiles(ctx, batch, file)
    const records = { name: FILE_NAME, text: writeCsv(file) }
    const zip = await zipFiles([records, ...children])
    if (zip.length <= mostBytes) return { file, children, zip, count }
    if (file.rows.length <= 1) {
      const size = (zip.length / MEGABYTE).toFixed(1)
      throw new ConnectorError(
        'config',
        `One record alone has ${size} MB zipped, and Zoho takes bulk files of 25. Map fewer or shorter fields, or set the route to upsert.`
      )
    }
    count = Math.max(1, Math.floor(((file.rows.length * mostBytes) / zip.length) * MARGIN))
  }
}

/** The same of lines that were composed before; null where the file has to be made of its records. */
export async function packComposed(
  ctx: Context,
  batch: WriteBatch,
  mostBytes = MOST_BYTES
): Promise<PackedJob | null> {
  const { composed, ids } = batch
  const plan = composed && plainFile(ctx, batch)
  if (!composed || !plan) return null
  const text = Buffer.concat([headerOf(plan), ...composed])
  const zip = await zipFiles([{ name: FILE_NAME, text }])
  if (zip.length > mostBytes) return null
  const record = (index: number) => batch.records[index]
  const keyOf = keyReader({ ...plan, record, ids })
  const places = { rows: [...ids.keys()], left: [], over: [], unknown: [] }
  return { file: { ...plan, ...places, record, ids, keyOf }, children: [], zip, count: null }
}
