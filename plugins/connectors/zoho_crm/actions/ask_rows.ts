import type { Context, HttpRequest, Value } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import type { Price } from './list_price.js'

interface Rows {
  data?: Value
  info?: Value
}

interface Asked {
  path: string
  query: { [name: string]: Value }
  headers?: HttpRequest['headers']
  /** One credit where it does not say otherwise. */
  price?: Price
}

/** A question that is answered by rows. No row at all is an empty list. */
export async function askRows(
  ctx: Context,
  { path, query, headers, price = { credits: 1 } }: Asked
): Promise<Value> {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === null || value === '' ? [] : [[name, String(value)]]
  )
  const url = apiUrl(ctx, `${path}?${new URLSearchParams(given)}`)
  const request: HttpRequest = { method: 'GET', url, ...price, ...(headers ? { headers } : {}) }
  const { body } = await call<Rows>(ctx, request, 'read')
  return { data: body?.data ?? [], ...(body?.info === undefined ? {} : { info: body.info }) }
}
