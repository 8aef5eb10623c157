import { randomUUID } from 'node:crypto'
import { type Context, ConnectorError } from '#sdk'
import { uploadUrl } from '../api/address.js'
import { call } from '../api/call.js'

const MOST_BYTES = 25 * 1024 * 1024
const MEGABYTE = 1024 * 1024

interface Uploaded {
  details?: { file_id?: string }
}

function multipart(boundary: string, zip: Buffer) {
  const head =
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="records.zip"\r\n` +
    'Content-Type: application/zip\r\n\r\n'
  return Buffer.concat([Buffer.from(head), zip, Buffer.from(`\r\n--${boundary}--\r\n`)])
}

/** An upload that may have arrived has written nothing, whatever the network made of it. */
function harmless(error: unknown) {
  if (!(error instanceof ConnectorError) || error.delivered === 'no') return error
  const { kind, message, detail, retryAfter } = error
  return new ConnectorError(kind, message, {
    detail: detail ?? undefined,
    retryAfter: retryAfter ?? undefined,
    cause: error,
  })
}

/** Uploads a zip for a bulk job and returns Zoho's id of it. Nothing is written to the org yet. */
export async function uploadFile(ctx: Context, orgId: string, zip: Buffer): Promise<string> {
  if (zip.length > MOST_BYTES) {
    throw new ConnectorError(
      'config',
      `The bulk file has ${(zip.length / MEGABYTE).toFixed(1)} MB zipped, and Zoho takes 25. Map fewer or shorter fields, or set the route to upsert.`
    )
  }
  const boundary = `crossdock-${randomUUID()}`
  const headers = {
    'feature': 'bulk-write',
    'x-crm-org': orgId,
    'content-type': `multipart/form-data; boundary=${boundary}`,
  }
  const body = multipart(boundary, zip)
  const request = { method: 'POST' as const, url: uploadUrl(ctx), headers, body, credits: 0 }
  const reply = await call<Uploaded>(ctx, request, 'read').catch((error: unknown) => {
    throw harmless(error)
  })
  const id = reply.body?.details?.file_id
  if (id) return id
  throw new ConnectorError('transient', 'Zoho took the bulk file but did not name it.')
}
