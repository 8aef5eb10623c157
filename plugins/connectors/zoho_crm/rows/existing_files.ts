import type { Context, RecordValues } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import type { RowsReply } from '../read/rows_reply.js'
import { isRow } from './is_row.js'

const MOST_IDS = 100

/** The files that records hold in a field, by the id of the record. */
export async function existingFiles(
  ctx: Context,
  stream: string,
  field: string,
  ids: string[]
): Promise<Map<string, RecordValues[]>> {
  const found = new Map<string, RecordValues[]>()
  for (let from = 0; from < ids.length; from += MOST_IDS) {
    const query = new URLSearchParams({
      ids: ids.slice(from, from + MOST_IDS).join(','),
      fields: field,
      per_page: String(MOST_IDS),
    })
    const request = { method: 'GET' as const, url: apiUrl(ctx, `/${stream}?${query}`), credits: 1 }
    const { body } = await call<RowsReply>(ctx, request, 'read')
    for (const row of body?.data ?? []) {
      const files = [row[field] ?? []].flat()
      found.set(row.id, files.filter(isRow))
    }
  }
  return found
}
