import type { Context } from '#sdk'
import { addressOf, sameHost } from '../address.js'
import type { Reply } from '../call.js'
import { pointTo } from '../pointer.js'

/** A page number, an offset, a cursor or a link. Null before the first cursor or link. */
export type Place = string | number | null

export function firstPlace({ settings }: Context): Place {
  if (settings.paging === 'page number') return Number(settings.firstPage ?? 1)
  return settings.paging === 'offset' ? 0 : null
}

/** The size of a page is always the same: numbers would mean other rows after a change. */
export function urlOf(ctx: Context, stream: string, place: Place): URL {
  const { settings } = ctx
  const path = String(settings.listPath ?? '/{stream}')
  const first = addressOf(ctx, path.replaceAll('{stream}', encodeURIComponent(stream)))
  if (settings.paging === 'next link' && typeof place === 'string') {
    return sameHost(ctx, new URL(place, first))
  }
  const sizeParam = String(settings.sizeParam ?? '')
  if (sizeParam !== '') first.searchParams.set(sizeParam, String(settings.size ?? 100))
  if (place !== null) first.searchParams.set(String(settings.placeParam ?? 'page'), String(place))
  return first
}

/** Null at the end. */
export function nextPlace({ settings }: Context, place: Place, rows: number, reply: Reply): Place {
  const paging = settings.paging
  if (paging === 'page number') return rows === 0 ? null : Number(place) + 1
  if (paging === 'offset') return rows === 0 ? null : Number(place) + rows
  if (paging !== 'cursor' && paging !== 'next link') return null
  const pointer = String(settings.next ?? '')
  if (paging === 'next link' && pointer === '') return linkIn(reply.headers.link)
  const next = reply.body === undefined ? undefined : pointTo(reply.body, pointer)
  const isPlace = typeof next === 'number' || (typeof next === 'string' && next !== '')
  return isPlace ? next : null
}

/** `<https://…>; rel="next"` of a Link header (RFC 8288). */
function linkIn(header = ''): string | null {
  const links = header.matchAll(/<([^>]*)>((?:\s*;[^,<]*)?)/g)
  for (const [, url, params] of links) {
    if (/;\s*rel\s*=\s*"?(?:[^"]*\s)?next[\s"]?/i.test(params)) return url
  }
  return null
}
