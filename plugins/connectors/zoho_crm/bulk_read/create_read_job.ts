import { type Context, ConnectorError, type ReadQuery, type StreamDescription } from '#sdk'
import { bulkUrl } from '../api/address.js'
import { call } from '../api/call.js'
import { isVendorError } from '../api/vendor_error.js'
import { callbackPart, withCallback } from '../api/with_callback.js'
import { fieldSets } from '../read/field_sets.js'
import { columnsOf } from '../read/join_of.js'
import { bulkCriteria } from './bulk_criteria.js'

export const JOB_CREDITS = 50

const NO_CRITERION = ['FIELD_IN_CRITERIA_NOT_SUPPORTED', 'CRITERIA_LIMIT_EXCEEDED']
const DEAD_TOKEN = ['EXPIRED_VALUE', 'TOKEN_BOUND_DATA_MISMATCH', 'INVALID_DATA']

/** A job that was ordered; whether Zoho tells the run of its end. */
export interface OrderedRead {
  job: string
  callsBack: boolean
}

async function create(ctx: Context, query: object): Promise<OrderedRead> {
  const { made: job, callsBack } = await withCallback(ctx, (url) => order(ctx, query, url))
  return { job, callsBack }
}

async function order(ctx: Context, query: object, url: string | null): Promise<string> {
  const request = {
    method: 'POST' as const,
    url: bulkUrl(ctx, '/read'),
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...callbackPart(url), query }),
    credits: JOB_CREDITS,
  }
  const { body } = await call<{ data?: Array<{ details?: { id?: string } }> }>(ctx, request, 'read')
  const id = body?.data?.[0]?.details?.id
  if (id) return id
  throw new ConnectorError('transient', 'Zoho took a bulk read without naming its job.')
}

function isRefused(error: unknown, codes: string[]) {
  const cause = error instanceof ConnectorError ? error.cause : null
  return isVendorError(cause) && codes.includes(cause.code)
}

/**
 * Orders a page of all that is wanted. What cannot be a criterion is left
 * to whoever reads the file.
 */
export async function createReadJob(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery,
  place: { from: string | null; page: number }
): Promise<OrderedRead> {
  const wanted = (asked: ReadQuery) => {
    const criteria = bulkCriteria(stream, asked, place.from)
    return create(ctx, {
      module: { api_name: stream.name },
      fields: ['id', ...columnsOf(stream, fieldSets(stream, query).names)],
      ...(query.view ? { cvid: query.view } : {}),
      ...(criteria ? { criteria } : {}),
      page: place.page,
    })
  }
  try {
    return await wanted(query)
  } catch (error) {
    if (query.filter === null || !isRefused(error, NO_CRITERION)) throw error
    ctx.log.warn('Zoho does not narrow a bulk read by the filter; all is read', {
      stream: stream.name,
    })
    return wanted({ ...query, filter: null })
  }
}

/** Orders the page that a token stands for; null when Zoho no longer takes the token. */
export async function createNextJob(ctx: Context, token: string): Promise<OrderedRead | null> {
  try {
    return await create(ctx, { page_token: token })
  } catch (error) {
    if (isRefused(error, DEAD_TOKEN)) return null
    throw error
  }
}
