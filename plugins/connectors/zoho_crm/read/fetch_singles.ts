import type { Context } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import { ATTACHMENTS } from '../files/attachments_field.js'
import { listAttachments } from '../files/list_attachments.js'
import { isGone } from '../related/is_gone.js'
import type { Row, RowsReply } from './rows_reply.js'

/** Under way at once; the connection's own limit holds besides. */
const AT_ONCE = 5

function addressOf(ctx: Context, module: string, fields: string[] | null, id: string) {
  const path = `/${module}/${id}`
  if (fields === null) return apiUrl(ctx, path)
  const asked = fields.length > 0 ? fields : ['id']
  return apiUrl(ctx, `${path}?${new URLSearchParams({ fields: asked.join(',') })}`)
}

async function fetchOne(ctx: Context, module: string, fields: string[] | null, id: string) {
  const own = fields?.filter((name) => name !== ATTACHMENTS) ?? null
  const url = addressOf(ctx, module, own, id)
  const { body } = await call<RowsReply>(ctx, { method: 'GET', url, credits: 1 }, 'read')
  const row = body?.data?.[0]
  if (!row || own?.length === fields?.length) return row
  try {
    return { ...row, [ATTACHMENTS]: await listAttachments(ctx, module, id) }
  } catch (error) {
    // It was deleted between the two calls.
    if (isGone(error)) return undefined
    throw error
  }
}

/** Records one by one, which alone shows subforms, links and long texts whole; all fields for null. */
export async function fetchSingles(
  ctx: Context,
  module: string,
  fields: string[] | null,
  ids: string[]
): Promise<Map<string, Row>> {
  const found = new Map<string, Row>()
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const few = ids.slice(from, from + AT_ONCE)
    const rows = await Promise.all(few.map((id) => fetchOne(ctx, module, fields, id)))
    for (const row of rows) if (row) found.set(row.id, row)
  }
  return found
}
