import type { HttpContext } from '@adonisjs/core/http'
import type Preview from '#domain/services/preview'
import { countPreviewRecords, findPreviewRecords } from '#domain/services/preview_records'
import type { PreviewSearch } from '#domain/services/preview_records'
import { Vault } from '#domain/tenants/vault'
import type { Paged } from '#http/paged'
import { viewPreviewRow } from '#http/previews/preview_view'
import type { PreviewRow } from '#http/previews/preview_view'

const PER_PAGE = 25

/** One page of the records of a preview. A page number that makes no sense is the first page. */
export async function pageOfPreview(
  { request, tenant }: HttpContext,
  preview: Preview,
  filter: PreviewSearch
): Promise<Paged<PreviewRow>> {
  const total = await countPreviewRecords(preview, filter)
  const lastPage = Math.max(1, Math.ceil(total / PER_PAGE))
  const wanted = Number(request.input('page'))
  const page = Number.isSafeInteger(wanted) && wanted > 0 && wanted <= lastPage ? wanted : 1
  const place = { from: (page - 1) * PER_PAGE, count: PER_PAGE }
  const records = await findPreviewRecords(preview, new Vault(tenant), filter, place)
  return { rows: records.map(viewPreviewRow), page, lastPage, total }
}
