import type { Context, RecordValues } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'

interface Listed {
  data?: Array<RecordValues & { id: string }>
  info?: { more_records?: boolean }
}

const PER_PAGE = 200

/** The files under a record, by name and size. */
export async function listAttachments(ctx: Context, module: string, id: string) {
  const found: Array<{ id: string; name: string; size: number }> = []
  for (let page = 1; ; page++) {
    const parameters = `fields=id,File_Name,Size&page=${page}&per_page=${PER_PAGE}`
    const url = apiUrl(ctx, `/${module}/${id}/Attachments?${parameters}`)
    const { body } = await call<Listed>(ctx, { method: 'GET', url, credits: 1 }, 'read')
    for (const { id: file, File_Name: name, Size: size } of body?.data ?? []) {
      found.push({ id: file, name: String(name ?? ''), size: Number(size ?? 0) })
    }
    if (!body?.info?.more_records) return found
  }
}
