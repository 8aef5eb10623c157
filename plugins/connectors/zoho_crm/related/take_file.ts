import { ConnectorError, type Context, type RecordValues, type Value } from '#sdk'
import { apiUrl } from '../api/address.js'
import { requestError } from '../api/request_error.js'
import { isVendorError } from '../api/vendor_error.js'
import { MOST_BYTES } from '../files/load_file.js'
import { LINK } from './file_fields.js'
import { isGone } from './is_gone.js'
import { PARENT, relatedName } from './related_name.js'

/** Zoho itself will not give out this one; what says no to all calls is not meant. */
function isRefused(error: unknown): error is ConnectorError {
  return error instanceof ConnectorError && error.kind === 'config' && isVendorError(error.cause)
}

async function download(ctx: Context, url: string): Promise<Buffer | null> {
  const response = await ctx.http.request({ method: 'GET', url, credits: 1 })
  const { status } = response
  // It was deleted meanwhile.
  if (status === 204) return null
  if (status >= 300) throw requestError(status, await response.text(), 'read')
  return Buffer.from(await response.bytes())
}

/**
 * The bytes of a file below a record, as a field for files takes them. One that is larger than
 * Zoho takes, or that Zoho does not give out, is told by name and size alone; a linked one lies
 * elsewhere and is not fetched.
 */
export async function takeFile(ctx: Context, stream: string, record: RecordValues): Promise<Value> {
  const name = String(record.File_Name ?? '')
  const size = Number(record.Size ?? 0)
  if ((record[LINK] ?? null) !== null) return null
  if (size > MOST_BYTES) return { name, size }
  const path = `/${relatedName(stream)?.parent}/${record[PARENT.name]}/Attachments/${record.id}`
  try {
    const bytes = await download(ctx, apiUrl(ctx, path))
    return bytes && { name, base64: bytes.toString('base64') }
  } catch (error) {
    if (isGone(error)) return null
    if (!isRefused(error)) throw error
    const fields = { id: String(record.id), name, why: error.message }
    ctx.log.warn('Zoho does not give out a file; it is read without its content', fields)
    return { name, size }
  }
}
