import type { Context, RecordValues, Value } from '#sdk'
import { apiUrl } from '../api/address.js'
import { requestError } from '../api/request_error.js'
import { MOST_BYTES } from '../files/load_file.js'
import { LINK } from './file_fields.js'
import { PARENT, relatedName } from './related_name.js'

/**
 * The bytes of a file below a record, as a field for files takes them. One that is larger than
 * Zoho takes is told by name and size alone; a linked one lies elsewhere and is not fetched.
 */
export async function takeFile(ctx: Context, stream: string, record: RecordValues): Promise<Value> {
  const name = String(record.File_Name ?? '')
  const size = Number(record.Size ?? 0)
  if ((record[LINK] ?? null) !== null) return null
  if (size > MOST_BYTES) return { name, size }
  const path = `/${relatedName(stream)?.parent}/${record[PARENT.name]}/Attachments/${record.id}`
  const response = await ctx.http.request({ method: 'GET', url: apiUrl(ctx, path), credits: 1 })
  // It was deleted meanwhile.
  if (response.status === 204) return null
  if (response.status >= 300) {
    throw requestError(response.status, await response.text(), 'read')
  }
  return { name, base64: Buffer.from(await response.bytes()).toString('base64') }
}
