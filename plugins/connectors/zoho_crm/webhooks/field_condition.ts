import { ConnectorError, type Channel, type Context } from '#sdk'
import { apiUrl, apiVersion } from '../api/address.js'
import { call } from '../api/call.js'

interface Named {
  api_name: string
  id: string
}

const WITHOUT = ['v2.1', 'v3', 'v4', 'v5']

async function ask<Body>(ctx: Context, path: string): Promise<Body | null> {
  const request = { method: 'GET' as const, url: apiUrl(ctx, path), credits: 1 }
  const { body } = await call<Body>(ctx, request, 'read')
  return body
}

/** That only edits of some fields are told. Older versions tell of all, and the server sorts. */
export async function fieldCondition(ctx: Context, { stream, fields }: Channel) {
  if (fields.length === 0 || WITHOUT.includes(apiVersion(ctx))) return null
  const name = encodeURIComponent(stream)
  const [listed, modules] = await Promise.all([
    ask<{ fields?: Named[] }>(ctx, `/settings/fields?module=${name}`),
    ask<{ modules?: Named[] }>(ctx, '/settings/modules'),
  ])
  const group = fields.map((field) => {
    const found = listed?.fields?.find((each) => each.api_name === field)
    if (found === undefined) {
      throw new ConnectorError('config', `${stream} has no field "${field}" in Zoho.`)
    }
    return { field: { api_name: field, id: found.id } }
  })
  const module = modules?.modules?.find((each) => each.api_name === stream)
  return {
    type: 'field_selection',
    module: { api_name: stream, ...(module === undefined ? {} : { id: module.id }) },
    field_selection: { group_operator: 'or', group },
  }
}
