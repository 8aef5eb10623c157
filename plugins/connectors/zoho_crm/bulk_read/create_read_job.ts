import { type Context, ConnectorError, type ReadQuery, type StreamDescription } from '#sdk'
import { bulkUrl } from '../api/address.js'
import { call } from '../api/call.js'
import { isVendorError } from '../api/vendor_error.js'
import { fieldSets } from '../read/field_sets.js'
import { bulkCriteria } from './bulk_criteria.js'

export const JOB_CREDITS = 50

const DEAD_TOKEN = ['EXPIRED_VALUE', 'TOKEN_BOUND_DATA_MISMATCH', 'INVALID_DATA']

async function create(ctx: Context, query: object): Promise<string> {
  const request = {
    method: 'POST' as const,
    url: bulkUrl(ctx, '/read'),
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    credits: JOB_CREDITS,
  }
  const { body } = await call<{ data?: Array<{ details?: { id?: string } }> }>(ctx, request, 'read')
  const id = body?.data?.[0]?.details?.id
  if (id) return id
  throw new ConnectorError('transient', 'Zoho took a bulk read without naming its job.')
}

/** Orders a page of all that is wanted; answers the job's id. */
export function createReadJob(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery,
  place: { from: string | null; page: number }
): Promise<string> {
  const criteria = bulkCriteria(stream, query, place.from)
  return create(ctx, {
    module: { api_name: stream.name },
    fields: ['id', ...fieldSets(stream, query).names],
    ...(criteria ? { criteria } : {}),
    page: place.page,
  })
}

/** Orders the page that a token stands for; null when Zoho no longer takes the token. */
export async function createNextJob(ctx: Context, token: string): Promise<string | null> {
  try {
    return await create(ctx, { page_token: token })
  } catch (error) {
    const cause = error instanceof ConnectorError ? error.cause : null
    if (isVendorError(cause) && DEAD_TOKEN.includes(cause.code)) return null
    throw error
  }
}
