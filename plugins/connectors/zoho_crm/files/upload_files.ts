import { ConnectorError, type Context } from '#sdk'
import { multipart } from '../actions/multipart.js'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import type { LoadedFile } from './load_file.js'

interface FilesReply {
  data?: Array<{ status?: string; code?: string; message?: string; details?: { id?: string } }>
}

/** Hands files to Zoho and returns its ids of them. An id that no record names has no effect. */
export async function uploadFiles(ctx: Context, files: LoadedFile[]): Promise<string[]> {
  const parts = files.map(({ name, content }) => ({ name: 'file', fileName: name, content }))
  const { contentType, body } = multipart(parts)
  const request = {
    method: 'POST' as const,
    url: apiUrl(ctx, '/files'),
    headers: { 'content-type': contentType },
    body,
    credits: 1,
  }
  const reply = await call<FilesReply>(ctx, request, 'read')
  const ids = (reply.body?.data ?? []).flatMap(({ details }) => details?.id ?? [])
  if (ids.length === files.length) return ids
  throw new ConnectorError('transient', 'Zoho took files but did not name all of them.')
}
