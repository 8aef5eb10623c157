import { ConnectorError, type Context } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'

/** A list below the records of a module, and the module whose records it shows. */
export interface RelatedList {
  name: string
  title: string
  module: string
}

interface Listed {
  related_lists?: Array<{
    api_name: string
    display_label?: string
    name?: string
    /** Versions before 8 name it plainly. */
    module?: { api_name?: string | null } | string | null
  }>
}

/** Those that every module has. */
const ALWAYS: RelatedList[] = [
  { name: 'Notes', title: 'Notes', module: 'Notes' },
  { name: 'Attachments', title: 'Attachments', module: 'Attachments' },
]

/** The lists below a module; what the user may not see leaves those that every module has. */
export async function fetchRelatedLists(ctx: Context, module: string): Promise<RelatedList[]> {
  const url = apiUrl(ctx, `/settings/related_lists?module=${encodeURIComponent(module)}`)
  try {
    const { body } = await call<Listed>(ctx, { method: 'GET', url, credits: 1 }, 'read')
    const lists = body?.related_lists ?? []
    return lists.flatMap(({ api_name: name, display_label: label, name: plain, module: below }) => {
      const shown = typeof below === 'string' ? below : below?.api_name
      return shown ? [{ name, title: label ?? plain ?? name, module: shown }] : []
    })
  } catch (error) {
    const isHidden = error instanceof ConnectorError && error.kind !== 'transient'
    if (!isHidden || error.kind === 'rate_limited') throw error
    ctx.log.warn('Zoho does not show the related lists of a module', { module })
    return ALWAYS
  }
}
