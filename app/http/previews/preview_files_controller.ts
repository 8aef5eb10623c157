import { Readable } from 'node:stream'
import type { HttpContext } from '@adonisjs/core/http'
import AuditEvent from '#domain/audit/audit_event'
import { csvLine } from '#domain/runs/csv_line'
import type Preview from '#domain/services/preview'
import { findPreviewRecords } from '#domain/services/preview_records'
import type { PreviewSearch } from '#domain/services/preview_records'
import Service from '#domain/services/service'
import { Vault } from '#domain/tenants/vault'
import { findPreview } from '#http/previews/find_preview'
import { readPreviewFilter } from '#http/previews/preview_filter'
import { viewPreviewRow } from '#http/previews/preview_view'
import type { PreviewRow } from '#http/previews/preview_view'

const AT_ONCE = 500

/** A preview as a CSV file, with the same filters as its page: a line for each field that changes. */
export default class PreviewFilesController {
  async show(ctx: HttpContext) {
    const { auth, request, response, tenant } = ctx
    const preview = await findPreview(ctx)
    const { name } = await Service.findOrFail(preview.serviceId)
    await AuditEvent.record({
      tenantId: tenant.id,
      userId: auth.getUserOrFail().id,
      action: 'preview.downloaded',
      subject: preview.id,
    })
    response.header('content-type', 'text/csv; charset=utf-8')
    response.header('content-disposition', `attachment; filename="preview-${name}.csv"`)
    response.header('cache-control', 'no-store')
    const lines = linesOf(preview, new Vault(tenant), readPreviewFilter(request.qs()))
    response.stream(Readable.from(lines))
  }
}

async function* linesOf(preview: Preview, vault: Vault, filter: PreviewSearch) {
  yield csvLine(['record', 'would be', 'field', 'before', 'after', 'cause'])
  for (let from = 0; ; from += AT_ONCE) {
    const records = await findPreviewRecords(preview, vault, filter, { from, count: AT_ONCE })
    for (const record of records) yield linesOfRecord(viewPreviewRow(record))
    if (records.length < AT_ONCE) return
  }
}

function linesOfRecord({ key, outcome, target, changes, faults }: PreviewRow): string {
  const lines = faults.map(({ field, value, message }) => [field, null, value, message])
  if (changes !== null) {
    lines.push(...changes.map(({ field, before, after }) => [field, before, after, null]))
  } else if (outcome === 'delete') {
    lines.push(...target.map(({ field, value }) => [field, value, null, null]))
  } else if (outcome === 'create' || outcome === 'update') {
    lines.push(...target.map(({ field, value }) => [field, null, value, null]))
  }
  if (lines.length === 0) lines.push([null, null, null, null])
  return lines.map((cells) => csvLine([key, outcome, ...cells])).join('')
}
