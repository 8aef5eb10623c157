import { ConnectorError, type Context } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'

interface ViewsReply {
  custom_views?: Array<{ id: string; name?: string; display_value?: string; system_name?: string }>
  info?: { more_records?: boolean }
}

const PER_PAGE = 200
/** The view that shows all. */
const ALL = 'ALLVIEWS'

async function fetchPage(ctx: Context, module: string, page: number) {
  const parameters = new URLSearchParams({ module, page: String(page), per_page: String(PER_PAGE) })
  const url = apiUrl(ctx, `/settings/custom_views?${parameters}`)
  const { body } = await call<ViewsReply>(ctx, { method: 'GET', url, credits: 1 }, 'read')
  return body ?? {}
}

/** The custom views of a module; none where the user may not see them. */
export async function fetchViews(
  ctx: Context,
  module: string
): Promise<Array<{ id: string; title: string }>> {
  const views: Array<{ id: string; title: string }> = []
  try {
    for (let page = 1, isMore = true; isMore; page++) {
      const { custom_views: found = [], info } = await fetchPage(ctx, module, page)
      const useful = found.filter(({ system_name: name }) => name !== ALL)
      views.push(
        ...useful.map(({ id, name, display_value: shown }) => ({ id, title: shown ?? name ?? id }))
      )
      isMore = info?.more_records === true && found.length > 0
    }
  } catch (error) {
    const isHidden = error instanceof ConnectorError && error.kind !== 'transient'
    if (!isHidden) throw error
    ctx.log.warn('Zoho does not show the custom views of a module', { module })
  }
  return views
}
